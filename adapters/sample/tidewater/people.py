"""The units of Tidewater Metering, and whom its story names. All are invented."""

from __future__ import annotations

from adapters.sample.people import Place

DIRECTOR, STRATEGIST = "Vala Restad", "ragna-thulin"

PLACES = (
    Place("tidewater", "Tidewater Metering", "business", "fernhaven", "director", 4),
    Place("tw-make", "Making", "function", "tidewater", "director", 4),
    Place("tw-engineer", "Engineering", "function", "tidewater", "director", 4),
    Place("tw-market", "Market", "function", "tidewater", "director", 4),
    Place("tw-field", "Field Operations", "function", "tidewater", "director", 4),
    Place("tw-moulding", "Moulding", "team", "tw-make", "manager", 17),
    Place("tw-electronics", "Electronics", "team", "tw-make", "manager", 19),
    Place("tw-final-line", "Final Line", "team", "tw-make", "manager", 22),
    Place("tw-benches", "Test Benches", "team", "tw-make", "manager", 12),
    Place("tw-packing", "Packing", "team", "tw-make", "manager", 11),
    Place("tw-flow", "Flow", "team", "tw-engineer", "manager", 13),
    Place("tw-radio", "Radio", "team", "tw-engineer", "manager", 11),
    Place("tw-software", "Software", "team", "tw-engineer", "manager", 18),
    Place("tw-laboratory", "Laboratory", "team", "tw-engineer", "manager", 4),
    Place("tw-north", "Utilities North", "team", "tw-market", "manager", 14),
    Place("tw-south", "Utilities South", "team", "tw-market", "manager", 13),
    Place("tw-tenders", "Tenders", "team", "tw-market", "manager", 9),
    Place("tw-care", "Product Care", "team", "tw-market", "manager", 16),
    Place("tw-east", "Installations East", "team", "tw-field", "manager", 22),
    Place("tw-west", "Installations West", "team", "tw-field", "manager", 20),
    Place("tw-night", "Night Readings", "team", "tw-field", "manager", 15),
    Place("tw-depot", "Spare Depot", "team", "tw-field", "manager", 12),
)
"""Parents come before their units. The first hangs below Fernhaven's enterprise."""

CAST = {
    "tidewater": (DIRECTOR, "Ragna Thulin"),
    "tw-make": ("Odo Fenwick",),
    "tw-engineer": ("Liv Castor",),
    "tw-market": ("Jon Abelin",),
    "tw-field": ("Thea Morland",),
    "tw-night": ("Karl Voss", "Signe Udal"),
    "tw-final-line": ("Berit Holm",),
    "tw-software": ("Nils Ottar",),
    "tw-care": ("Asta Brim",),
    "tw-east": ("Egil Roan",),
    "tw-west": ("Dagny Loft",),
    "tw-laboratory": ("Malin Sten",),
}
"""Whom the story names, by unit; the first one heads it."""
