from .claims import Duration, Investment, Involvement, Production, StageReport
from .records import Project

__all__ = ["Duration", "Investment", "Involvement", "Production", "Project", "StageReport"]
