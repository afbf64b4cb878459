"""The web server: `streamlit run serve.py` serves Home.py and its pages, with what ui/server.py adds to Streamlit."""

import streamlit as st

from ui.server import MIDDLEWARE, ROUTES, lifespan, refuse_wrong_settings

refuse_wrong_settings()
app = st.App("Home.py", lifespan=lifespan, routes=ROUTES, middleware=MIDDLEWARE)
