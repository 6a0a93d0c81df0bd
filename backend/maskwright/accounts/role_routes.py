"""`/roles`: the built-in ones and an organisation's own."""

from uuid import UUID

from maskwright.accounts.errors import RoleInUse, RoleNameTaken, RoleTooPowerful
from maskwright.accounts.schemas import RoleChange, RoleCreate, RoleOut, RolesOut
from maskwright.accounts.service import roles
from maskwright.http.dependencies import CurrentWork
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router

PROBLEMS: dict[ErrorType, Problem] = {
    RoleTooPowerful: Problem(403, "role-too-powerful"),
    RoleInUse: Problem(409, "role-in-use"),
    RoleNameTaken: Problem(409, "role-name-taken"),
}

router = work_router(prefix="/roles", tags=["organization"])


@router.get("")
def list_roles(work: CurrentWork) -> RolesOut:
    """What each role may do: the built-in ones, and the organisation's own."""
    return RolesOut.of(roles.list_roles(work))


@router.post("", status_code=201)
def create_role(work: CurrentWork, body: RoleCreate) -> RoleOut:
    """Make a role of permissions. What they need besides comes with them."""
    made = roles.create_role(
        work, name=body.name, description=body.description, permissions=body.permissions
    )
    return RoleOut.of(made, 0)


@router.patch("/{role_id}")
def change_role(work: CurrentWork, role_id: UUID, body: RoleChange) -> RoleOut:
    """Change it for everybody who has it, from their next request on."""
    changed = roles.change_role(
        work,
        role_id,
        name=body.name,
        description=body.description,
        permissions=body.permissions,
    )
    return RoleOut.of(changed, roles.member_count(work, changed))


@router.delete("/{role_id}", status_code=204)
def delete_role(work: CurrentWork, role_id: UUID) -> None:
    """Only one that nobody has."""
    roles.delete_role(work, role_id)
