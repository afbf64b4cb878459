"""Other models: what the course has only mentioned so far, from the autoencoder to the plain fully connected net."""

from pages.other_models import autoencoder, dbn, mlp, ntm, rbm, rntn, small_codes, universal, vae
from ui.page import open_page

TABS = {
    "autoencoder": autoencoder,
    "vae": vae,
    "rbm": rbm,
    "dbn": dbn,
    "ntm": ntm,
    "rntn": rntn,
    "mlp": mlp,
    "universal": universal,
    "small_codes": small_codes,
}

page = open_page("other_models")
page.part("tab", TABS[page.tabs()].show)
page.close()
