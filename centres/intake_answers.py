"""The shape of what partner systems are answered."""

from marshmallow import Schema, fields

from reporting.vocabulary import AgencyKind, Detail, State


class SharedSchema(Schema):
    """What one kind of agency may have, as it is in force."""

    agency = fields.Enum(AgencyKind, by_value=True, required=True)
    details = fields.List(fields.Enum(Detail, by_value=True), required=True)


class StateSchema(Schema):
    """Where a report is."""

    reference = fields.String(required=True)
    state = fields.Enum(State, by_value=True, required=True)


class RowSchema(StateSchema):
    """A report of the centre, without a word of it."""

    received = fields.DateTime(required=True, metadata={"description": "To the hour, in UTC."})
    answer_waits = fields.Boolean(required=True, metadata={"description": "An answer waits behind the code."})


class RowsSchema(Schema):
    """A page of reports, the latest first."""

    reports = fields.List(fields.Nested(RowSchema), required=True)
    next = fields.String(required=True, allow_none=True, metadata={"description": "`after` of the next page, or null."})


class TakenSchema(StateSchema):
    """A report that is in."""

    code = fields.String(
        required=True,
        metadata={"description": "The visitor's own code. Give it to them, and keep it nowhere."},
    )
    received = fields.DateTime(required=True, metadata={"description": "To the hour, in UTC."})
    repeated = fields.Boolean(required=True, metadata={"description": "It was in before, under the same key."})
    consent = fields.List(fields.Nested(SharedSchema), required=True, metadata={"description": "As it is in force."})


class TermSchema(Schema):
    """A stored word, and what people read for it."""

    value = fields.String(required=True)
    label = fields.String(required=True)


class VocabularySchema(Schema):
    """Every word that a report may hold."""

    version = fields.String(required=True)
    words = fields.Dict(fields.String(), fields.List(fields.Nested(TermSchema)), required=True)
    wards = fields.List(fields.Nested(TermSchema), required=True)


class FaultSchema(Schema):
    """One thing that is wrong, and where."""

    pointer = fields.String(metadata={"description": "A JSON Pointer into the document."})
    parameter = fields.String(metadata={"description": "A name in the address."})
    header = fields.String(metadata={"description": "A header."})
    detail = fields.String(required=True)


class ProblemSchema(Schema):
    """A refusal (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    errors = fields.List(fields.Nested(FaultSchema))
