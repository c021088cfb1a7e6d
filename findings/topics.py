"""What findings are about: the topics of the design, in the groups that pages show them by."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TopicGroup(TextChoices):
    PROGRAMME = "programme", _("Goals")
    FACTS = "facts", _("Facts and policy")
    ENVIRONMENT = "environment", _("Environment and health")
    SOCIETY = "society", _("People and economy")
    INTEGRITY = "integrity", _("Integrity and governance")
    PRACTICE = "practice", _("Good practice")
    PRINCIPLES = "principles", _("UNRMS principles")


class Topic(TextChoices):
    GOAL = "goal", _("goal")
    RESERVES = "reserves", _("reserves")
    PRODUCTION = "production", _("production")
    POLICY = "policy", _("policy")
    PARTNERSHIP = "partnership", _("partnership")
    INVESTMENT = "investment", _("investment")
    TRADE = "trade", _("trade")
    CLASSIFICATION = "classification", _("classification")
    WATER = "water", _("water")
    AIR = "air", _("air")
    SOIL = "soil", _("soil")
    WASTE = "waste", _("waste")
    BIODIVERSITY = "biodiversity", _("biodiversity")
    HEALTH = "health", _("health")
    DEPLETION = "resource depletion", _("resource depletion")
    DISPLACEMENT = "displacement", _("displacement")
    LABOUR = "labour", _("labour")
    HUMAN_RIGHTS = "human rights", _("human rights")
    JOBS = "jobs", _("jobs")
    INFRASTRUCTURE = "infrastructure", _("infrastructure")
    LOCAL_BUSINESS = "local business", _("local business")
    PUBLIC_REVENUE = "public revenue", _("public revenue")
    CORRUPTION = "corruption", _("corruption")
    FRAUD = "fraud", _("fraud")
    MONEY_LAUNDERING = "money laundering", _("money laundering")
    ILLEGAL_MINING = "illegal mining", _("illegal mining")
    GOVERNANCE = "governance", _("governance")
    TRANSPARENCY = "transparency", _("transparency")
    GREEN_TECHNOLOGY = "green technology", _("green technology")
    WATER_MANAGEMENT = "water management", _("water management")
    RECYCLING = "recycling", _("recycling")
    COMMUNITY_ENGAGEMENT = "community engagement", _("community engagement")
    UNRMS = "UNRMS principles", _("UNRMS principles")


GROUPS: dict[TopicGroup, tuple[Topic, ...]] = {
    TopicGroup.PROGRAMME: (Topic.GOAL,),
    TopicGroup.FACTS: (
        Topic.RESERVES,
        Topic.PRODUCTION,
        Topic.POLICY,
        Topic.PARTNERSHIP,
        Topic.INVESTMENT,
        Topic.TRADE,
        Topic.CLASSIFICATION,
    ),
    TopicGroup.ENVIRONMENT: (
        Topic.WATER,
        Topic.AIR,
        Topic.SOIL,
        Topic.WASTE,
        Topic.BIODIVERSITY,
        Topic.HEALTH,
        Topic.DEPLETION,
    ),
    TopicGroup.SOCIETY: (
        Topic.DISPLACEMENT,
        Topic.LABOUR,
        Topic.HUMAN_RIGHTS,
        Topic.JOBS,
        Topic.INFRASTRUCTURE,
        Topic.LOCAL_BUSINESS,
        Topic.PUBLIC_REVENUE,
    ),
    TopicGroup.INTEGRITY: (
        Topic.CORRUPTION,
        Topic.FRAUD,
        Topic.MONEY_LAUNDERING,
        Topic.ILLEGAL_MINING,
        Topic.GOVERNANCE,
        Topic.TRANSPARENCY,
    ),
    TopicGroup.PRACTICE: (
        Topic.GREEN_TECHNOLOGY,
        Topic.WATER_MANAGEMENT,
        Topic.RECYCLING,
        Topic.COMMUNITY_ENGAGEMENT,
    ),
    TopicGroup.PRINCIPLES: (Topic.UNRMS,),
}

GROUP_OF: dict[str, TopicGroup] = {topic.value: group for group, topics in GROUPS.items() for topic in topics}
