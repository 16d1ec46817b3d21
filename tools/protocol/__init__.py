"""The protocol explored, explained, compared, proven and put on paper."""
