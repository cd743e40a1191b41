"""Pages, by whom they serve. A view asks a room below and shows what came back."""
