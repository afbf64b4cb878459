"""The playground as a tutorial writes it: everything in the page's script. What the explainer is compared with.

`?view=train` is the page that trains, every other address the page with a slider.
"""

import numpy as np
import pandas as pd
import streamlit as st
import torch
from sklearn.datasets import make_moons
from torch import nn


def show_activations() -> None:
    steepness = st.slider("Steepness", 0.1, 10.0, 1.0, 0.1, key="steepness")
    x = np.linspace(-5, 5, 200)
    curves = {"x": x, "sigmoid": 1 / (1 + np.exp(-steepness * x)), "tanh": np.tanh(steepness * x)}
    st.line_chart(pd.DataFrame(curves).set_index("x"))
    st.metric("Slope at 0", f"{steepness / 4:.3f}")


def show_training() -> None:
    n_units = st.slider("Hidden units", 4, 64, 32)
    n_epochs = st.slider("Epochs", 10, 200, 60)
    learning_rate = st.number_input("Learning rate", 0.0001, 1.0, 0.01, format="%.4f")
    if st.button("Train", key="train"):
        train(n_units, n_epochs, learning_rate)


def train(n_units: int, n_epochs: int, learning_rate: float) -> None:
    """60 epochs of 29 batches by default, a picture an epoch."""
    x, y = (torch.tensor(array, dtype=torch.float32) for array in make_moons(900, noise=0.2, random_state=0))
    model = nn.Sequential(
        nn.Linear(2, n_units), nn.ReLU(), nn.Linear(n_units, n_units), nn.ReLU(), nn.Linear(n_units, 1)
    )
    optimizer, loss_of = torch.optim.Adam(model.parameters(), lr=learning_rate), nn.BCEWithLogitsLoss()
    bar, chart = st.progress(0.0), st.empty()
    losses: list[float] = []
    for epoch in range(n_epochs):
        total = 0.0
        for rows in torch.randperm(len(x)).split(32):
            optimizer.zero_grad()
            loss = loss_of(model(x[rows])[:, 0], y[rows])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(x))
        bar.progress((epoch + 1) / n_epochs)
        chart.line_chart(pd.DataFrame({"loss": losses}))
    st.success(f"Training finished: loss {losses[-1]:.3f}")


st.title("Neural network playground")
if st.query_params.get("view") == "train":
    show_training()
else:
    show_activations()
