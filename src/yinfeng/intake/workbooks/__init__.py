"""Ledgers in workbooks, read as a careful clerk would enter them: pure, without database or clock."""

from yinfeng.intake.workbooks.errors import UnreadableWorkbook as UnreadableWorkbook
from yinfeng.intake.workbooks.kinds import Recognition as Recognition
from yinfeng.intake.workbooks.kinds import SheetRecognition as SheetRecognition
from yinfeng.intake.workbooks.kinds import recognise as recognise
from yinfeng.intake.workbooks.ledger import Ledger as Ledger
from yinfeng.intake.workbooks.ledger import Problem as Problem
from yinfeng.intake.workbooks.ledger import Record as Record
from yinfeng.intake.workbooks.ledger import Value as Value
from yinfeng.intake.workbooks.reading import read_workbook as read_workbook
from yinfeng.intake.workbooks.records import ColumnMapping as ColumnMapping
from yinfeng.intake.workbooks.records import Mapping as Mapping
from yinfeng.intake.workbooks.records import SheetMapping as SheetMapping
from yinfeng.intake.workbooks.records import read_records as read_records
from yinfeng.intake.workbooks.workbook import Cell as Cell
from yinfeng.intake.workbooks.workbook import Limits as Limits
from yinfeng.intake.workbooks.workbook import Workbook as Workbook
