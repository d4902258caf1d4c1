"""Every write of the place room."""

from yinfeng.place.actions.founding import found_place, load_sample
from yinfeng.place.actions.removal import remove_demo
from yinfeng.place.actions.simulating import simulate_year

__all__ = ["found_place", "load_sample", "remove_demo", "simulate_year"]
