"""Reading what people type into cells: money, dates, people, words."""
