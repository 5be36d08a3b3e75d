"""Many repositories at a time: one table of a check, updates on branches, wave by wave."""

from scaffold.fleet.check import FleetCheck, RepositoryCheck, check_fleet
from scaffold.fleet.fleet_file import Fleet, Repository, read_fleet
from scaffold.fleet.update import UpdateOptions, update_fleet
from scaffold.fleet.update_result import FleetUpdate, RepositoryUpdate, Status

__all__ = [
    "Fleet",
    "FleetCheck",
    "FleetUpdate",
    "Repository",
    "RepositoryCheck",
    "RepositoryUpdate",
    "Status",
    "UpdateOptions",
    "check_fleet",
    "read_fleet",
    "update_fleet",
]
