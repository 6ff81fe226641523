"""What each kind of job does; importing this package registers all of them."""

from pathloom.portal.plans.runners import alternatives, generate, repair, switch

__all__ = ["alternatives", "generate", "repair", "switch"]
