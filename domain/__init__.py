"""What Avow knows about strategic alignment: the standard library alone, no clock, no chance, no input or output."""
