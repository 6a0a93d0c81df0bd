"""An import-linter contract for the rule between slices.

The built-in contracts can forbid imports between named modules, but not say "any module of one
slice may import from another slice only these of its modules" without listing every pair.
"""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class SliceContract(Contract):
    """Across slices, only a slice's public modules may be imported.

    root    the package that holds the slices
    slices  their names; one that does not exist yet is passed over
    public  the modules of a slice that other slices may import
    """

    type_name = "slices"

    root = fields.StringField()
    slices = fields.SetField(subfield=fields.StringField())
    public = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        illegal = sorted(
            (importer, imported)
            for importer in graph.modules
            for imported in graph.find_modules_directly_imported_by(importer)
            if self._is_illegal(importer, imported)
        )
        return ContractCheck(kept=not illegal, metadata={"illegal": illegal})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["illegal"]:
            output.print_error(f"{importer} imports {imported}", bold=False)
        output.print(f"Import from {', '.join(sorted(self.public))} of another slice instead.")

    def _is_illegal(self, importer: str, imported: str) -> bool:
        own, other = self._slice_of(importer), self._slice_of(imported)
        if own is None or other is None or own == other:
            return False
        return imported.removeprefix(f"{self.root}.{other}.").split(".")[0] not in self.public

    def _slice_of(self, module: str) -> str | None:
        parts = module.split(".")
        if parts[0] != self.root or len(parts) < 3 or parts[1] not in self.slices:
            return None
        return parts[1]
