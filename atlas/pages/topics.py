"""Findings on a record by group of topics, with what agrees and differs among their figures."""

from collections.abc import Iterable
from dataclasses import dataclass

from findings.topics import GROUPS, Topic, TopicGroup

from .evidence import Evidence
from .statements import Statement


@dataclass(frozen=True)
class TopicFindings:
    """The findings on one point: a topic, and a mineral where they concern one."""

    topic: str
    mineral: str
    evidence: Evidence

    @property
    def statements(self) -> list[Statement]:
        return self.evidence.statements

    @property
    def figures(self) -> list[str]:
        """Ranges of figures on which sources differ: "1–3 rank"."""
        return [str(group.value) for group in self.evidence.groups if group.disagrees]


@dataclass(frozen=True)
class GroupFindings:
    """All findings of one group of topics."""

    group: TopicGroup
    topics: list[TopicFindings]

    @property
    def label(self) -> str:
        return str(self.group.label)


def by_topic(found: Iterable[Evidence]) -> list[GroupFindings]:
    """Points of findings in the order of the groups and topics, empty groups left out."""
    by_value: dict[str, list[Evidence]] = {}
    for evidence in found:
        by_value.setdefault(evidence.leading.topic, []).append(evidence)
    groups = []
    for group, topics in GROUPS.items():
        rows = [_row(topic, evidence) for topic in topics for evidence in by_value.get(topic.value, [])]
        if rows:
            groups.append(GroupFindings(group, rows))
    return groups


def _row(topic: Topic, evidence: Evidence) -> TopicFindings:
    mineral = evidence.leading.mineral
    return TopicFindings(str(topic.label), mineral.label if mineral else "", evidence)
