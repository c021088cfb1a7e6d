"""Words of the desk's fields as sources write them, in English, Russian and Kazakh: a page to look them up.

`docs/field-terms.md` is the same table; a test holds the two together.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Claim

#: English, Russian, Kazakh.
Term = tuple[str, str, str]


@dataclass(frozen=True)
class Terms:
    """The words that belong to one part of the desk."""

    title: Promise
    terms: tuple[Term, ...]


FIELD_TERMS = (
    Terms(
        gettext_lazy("Records"),
        (
            ("deposit", "месторождение", "кен орны"),
            ("ore", "руда", "кен"),
            ("ore body", "рудное тело", "кен денесі"),
            ("useful minerals", "полезные ископаемые", "пайдалы қазбалар"),
            ("raw material", "сырьё", "шикізат"),
            ("subsoil", "недра", "жер қойнауы"),
            ("subsoil use", "недропользование", "жер қойнауын пайдалану"),
            ("subsoil user", "недропользователь", "жер қойнауын пайдаланушы"),
            ("project", "проект", "жоба"),
            ("mine", "рудник", "кеніш"),
            ("open pit", "карьер", "карьер"),
            ("processing plant", "обогатительная фабрика", "байыту фабрикасы"),
            ("plant, works", "завод", "зауыт"),
            ("country", "страна", "ел"),
        ),
    ),
    Terms(
        gettext_lazy("Source"),
        (
            ("source", "источник", "дереккөз"),
            ("author", "автор", "автор"),
            ("language", "язык", "тіл"),
            ("date", "дата", "күні"),
            ("excerpt", "отрывок", "үзінді"),
            ("note", "примечание", "ескертпе"),
            ("page", "страница", "бет"),
            ("table", "таблица", "кесте"),
        ),
    ),
    Terms(
        gettext_lazy("Location"),
        (
            ("coordinates", "координаты", "координаттар"),
            ("latitude", "широта", "ендік"),
            ("longitude", "долгота", "бойлық"),
            ("region (oblast)", "область", "облыс"),
            ("district", "район", "аудан"),
            ("town, city", "город", "қала"),
            ("village", "село", "ауыл"),
            ("mountain", "гора", "тау"),
            ("river", "река", "өзен"),
            ("lake", "озеро", "көл"),
            ("north", "север", "солтүстік"),
            ("south", "юг", "оңтүстік"),
            ("east", "восток", "шығыс"),
            ("west", "запад", "батыс"),
        ),
    ),
    Terms(
        gettext_lazy("Resource estimate"),
        (
            ("reserves", "запасы", "қорлар"),
            ("balance reserves", "балансовые запасы", "баланстық қорлар"),
            ("off-balance reserves", "забалансовые запасы", "баланстан тыс қорлар"),
            ("explored reserves", "разведанные запасы", "барланған қорлар"),
            ("resources", "ресурсы", "ресурстар"),
            ("prognostic resources", "прогнозные ресурсы", "болжамды ресурстар"),
            ("estimate", "оценка", "бағалау"),
            ("category", "категория", "санат"),
            ("oxide", "оксид", "оксид"),
            ("metal", "металл", "металл"),
            ("concentrate", "концентрат", "концентрат"),
            ("tonne", "тонна", "тонна"),
            ("thousand", "тысяча", "мың"),
            ("million", "миллион", "миллион"),
            ("billion", "миллиард", "миллиард"),
            ("per cent", "процент", "пайыз"),
            ("about", "около", "шамамен"),
            ("more than", "более", "астам"),
        ),
    ),
    Terms(
        gettext_lazy("Stage report"),
        (
            ("stage", "стадия", "кезең"),
            ("geological exploration", "геологоразведка", "геологиялық барлау"),
            ("construction", "строительство", "құрылыс"),
            ("mining, extraction", "добыча", "өндіру"),
            ("production (manufacture)", "производство", "өндіріс"),
            ("planned", "запланирован", "жоспарланған"),
            ("suspended", "приостановлен", "тоқтатылған"),
            ("closed", "закрыт", "жабылған"),
            ("licence", "лицензия", "лицензия"),
            ("contract", "контракт", "келісімшарт"),
        ),
    ),
    Terms(
        gettext_lazy("Partners and money"),
        (
            ("company", "компания", "компания"),
            ("national company", "национальная компания", "ұлттық компания"),
            ("government", "правительство", "үкімет"),
            ("ministry", "министерство", "министрлік"),
            ("international organisation", "международная организация", "халықаралық ұйым"),
            ("development bank", "банк развития", "даму банкі"),
            ("university", "университет", "университет"),
            ("owner", "собственник", "меншік иесі"),
            ("investor", "инвестор", "инвестор"),
            ("share", "доля", "үлес"),
            ("investments", "инвестиции", "инвестициялар"),
            ("agreement", "соглашение", "келісім"),
            ("tax", "налог", "салық"),
        ),
    ),
    Terms(
        gettext_lazy("Time"),
        (
            ("year", "год", "жыл"),
            ("month", "месяц", "ай"),
            ("day", "день", "күн"),
            ("half-year", "полугодие", "жартыжылдық"),
            ("quarter", "квартал", "тоқсан"),
            ("January", "январь", "қаңтар"),
            ("February", "февраль", "ақпан"),
            ("March", "март", "наурыз"),
            ("April", "апрель", "сәуір"),
            ("May", "май", "мамыр"),
            ("June", "июнь", "маусым"),
            ("July", "июль", "шілде"),
            ("August", "август", "тамыз"),
            ("September", "сентябрь", "қыркүйек"),
            ("October", "октябрь", "қазан"),
            ("November", "ноябрь", "қараша"),
            ("December", "декабрь", "желтоқсан"),
        ),
    ),
    Terms(
        gettext_lazy("Metals and minerals"),
        (
            ("rare metals", "редкие металлы", "сирек металдар"),
            ("copper", "медь", "мыс"),
            ("lead", "свинец", "қорғасын"),
            ("zinc", "цинк", "мырыш"),
            ("tin", "олово", "қалайы"),
            ("tungsten", "вольфрам", "вольфрам"),
            ("antimony", "сурьма", "сүрме"),
            ("mercury", "ртуть", "сынап"),
            ("iron", "железо", "темір"),
            ("gold", "золото", "алтын"),
            ("silver", "серебро", "күміс"),
            ("lithium", "литий", "литий"),
            ("uranium", "уран", "уран"),
            ("coal", "уголь", "көмір"),
        ),
    ),
    Terms(
        gettext_lazy("Findings"),
        (
            ("environment", "окружающая среда", "қоршаған орта"),
            ("water", "вода", "су"),
            ("air", "воздух", "ауа"),
            ("soil", "почва", "топырақ"),
            ("waste", "отходы", "қалдықтар"),
            ("health", "здоровье", "денсаулық"),
            ("jobs", "рабочие места", "жұмыс орындары"),
            ("law", "закон", "заң"),
            ("court", "суд", "сот"),
            ("corruption", "коррупция", "сыбайлас жемқорлық"),
        ),
    ),
)


def pages() -> list[Any]:
    """The address of this page."""
    return [path("field-terms/", admin.site.admin_view(field_terms), name="field_terms")]


def field_terms(request: HttpRequest) -> HttpResponse:
    """All the words, by the part of the desk that they belong to."""
    if not request.user.has_perm("sources.add_claim"):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "opts": Claim._meta,
        "title": _("Field terms in three languages"),
        "groups": FIELD_TERMS,
    }
    return TemplateResponse(request, "admin/field_terms.html", context)
