// Nothing here is needed to read a page.

// Escape puts a hover card away until the pointer or the focus comes back.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const it of document.querySelectorAll(".ref:hover, .ref:focus-within, .fact:hover, .fact:focus-within")) {
    it.dataset.dismissed = "";
    const back = () => {
      delete it.dataset.dismissed;
      it.removeEventListener("pointerleave", back);
      it.removeEventListener("focusout", back);
    };
    it.addEventListener("pointerleave", back);
    it.addEventListener("focusout", back);
  }
});

// Paper has no buttons: what is folded is printed open, and folded again afterwards.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open], .data)")];
  for (const it of opened) it.open = true;
});
addEventListener("afterprint", () => {
  for (const it of opened) it.open = false;
});
