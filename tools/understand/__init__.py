"""The training of ``crampguide.understand``, with the rows that it learns from."""
