"""Files that go with an image, or with a class: shown beside what is labelled, never labelled.

kinds      what a file is, from its bytes
receive    one file out of a request
queries    every statement
service    who may attach, see and delete what
schemas    on the wire
routes     `/assets/{asset}/attachments`, `/projects/{project}/class-references`, `/attachments`
"""
