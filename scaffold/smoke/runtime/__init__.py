"""Run cases: processes, servers, environments, probes."""
