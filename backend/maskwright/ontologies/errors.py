"""What can be wrong with an ontology.

MaskwrightError
├── NotFound      OntologyVersionNotFound
├── Conflict      OntologyChanged, ClassHasLabels
└── InvalidInput  OntologyInvalid
"""

from maskwright.kernel.errors import Conflict, InvalidInput, NotFound


class OntologyVersionNotFound(NotFound):
    message = "This project has no such version of its ontology."


class OntologyChanged(Conflict):
    """`current_version` tells which one is there now."""

    message = "Somebody saved the ontology since you opened it. Reload it, then make your changes."


class ClassHasLabels(Conflict):
    """`classes` names each with its number of objects."""

    message = "Some classes that you removed have labels. Say what to do with their objects."


class OntologyInvalid(InvalidInput):
    """`errors` names every field and what is wrong with it."""

    message = "The ontology can't be saved as it is."
