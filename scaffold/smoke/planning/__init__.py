"""Which cases a run consists of."""
