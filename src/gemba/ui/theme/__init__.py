"""How the window looks: tokens, the palette and style sheet made from them, icons and fonts."""
