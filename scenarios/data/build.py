#!/usr/bin/env python3
"""Builds what is derived in this folder, or shows that it is what it should be.

    python3 build.py check         everything that follows from tables of this folder (needs nothing else)
    python3 build.py check RAW     that, and what was carried over from the raw research tables in the folder RAW
    python3 build.py write RAW     writes evidence, outcomes, participants, members and estimates anew

The same input gives the same bytes. What a person wrote is never written by this program: clauses.csv, forums.csv,
events.csv, wto-jsi-members.csv. RAW is a folder with `treaties/` and `countries/`; it is not needed to build or run comity.
README.md says what each column means and why each rule is as it is.
"""

import csv
import io
import pathlib
import statistics
import sys

HERE = pathlib.Path(__file__).resolve().parent

# Red lines: the raw coding says only that there is one. Its side is the half of the ladder it lies in, except where the
# fact itself tells the side: room for one's own judgement is a most, not a least.
SIDES = {"P0086": "ceiling", "P0087": "ceiling"}

# Days that the coding gives by the year only and the record of events gives exactly. Evidence then counts from that day.
DAYS = {
    "2019-10-11": ["P0086", "P0087", "P0088", "P0090"],  # India's proposals to RCEP
    "2021-09-16": ["P0075"],  # China applies to CPTPP
    "2023-10-25": ["P0009", "P0010", "P0011"],  # the United States withdraw support
    "2024-06-25": ["P0072", "P0073"],  # the draft of the resolution on AI capacity building
    "2024-07-01": ["P0016"],  # the day of adoption: a late co-sponsor
    "2024-07-16": ["P0153", "P0192", "P0193", "P0194", "P0195", "P0196"],  # silence on the third revision is broken
    "2024-09-22": ["P0186", "P0187", "P0188", "P0189", "P0190", "P0191"],  # the motion in the General Assembly
    "2024-11-20": ["P0069", "P0070"],  # the text of China's initiative
    "2024-11-28": ["P0206"],  # Costa Rica's working group
    "2025-11-21": ["P0205"],  # Uruguay's process
}
DAY_OF = {row: day for day, rows in DAYS.items() for row in rows}

# Texts that are another's word for word on every clause of the library: CPTPP took over that of TPP, and none of the provisions
# that it suspended is among them.
SAME_TEXT = {"TPP": "CPTPP"}

# Decisions that states took for or against, coded: the rule, who brought the text, the line of texts that it belongs to, where it
# lies on that axis (0 to 1; without it 0 holds), and a word on it. An axis is a clause of the library or a line of its own, on
# which a text lies at 1. Lines go by what they are about, not by who brought them. All of it is judgement. Decisions of which
# nobody or only the author is on record are left out.
CASES = {
    # States in cyberspace: groups of experts, groups open to all states, crime by computer, the internet as telecommunication.
    "UNGA_60_45_ICT_SECURITY": ("majority", "RUS", "cyber_experts", 1, "a group of experts on security of information, proposed by Russia"),
    "WCIT_2012": ("opt_in", "RUS", "internet_regulation", 1, "telecommunication regulations that reach out to the internet"),
    "UNGA_71_28_ICT_SECURITY": ("majority", "RUS", "cyber_experts", 1, "a further group of experts, proposed by Russia"),
    "UNGA_73_27": ("majority", "RUS", "cyber_open", 1, "norms for states and an open-ended group, proposed by Russia"),
    "UNGA_73_187": ("majority", "RUS", "cyber_crime", 1, "a report on crime by computer as the first step to a treaty"),
    "UNGA_73_266": ("majority", "USA", "cyber_experts", 1, "a group of experts beside the open-ended one, proposed by the United States"),
    "UNGA_74_28": ("majority", "USA", "cyber_experts", 1, "the expert group's track, a year on"),
    "UNGA_74_29": ("majority", "RUS", "cyber_open", 1, "the open-ended group's track, a year on"),
    "UNGA_75_32_GGE": ("majority", "USA", "cyber_experts", 1, "responsible behaviour of states, proposed by the United States"),
    "UNGA_75_240_OEWG2": ("majority", "RUS", "cyber_open", 1, "a second open-ended group, to 2025"),
    "PACT_FUTURE_NOACTION_2024": ("majority", "COG", "pact_motion", 1, "no vote on Russia's amendment to the Pact for the Future"),
    "PACT_FUTURE_AMENDMENT_2024": ("majority", "RUS", "pact_amendment", 1, "no intervention in domestic affairs, by amendment of the Pact"),
    "UN_CYBERCRIME_SIGN_2025": ("opt_in", "RUS", "cyber_crime", 1, "signature of the convention against crime by computer"),
    # Artificial intelligence, civil and military.
    "UNGA_AI_US_2024": ("consensus", "USA", "ai", 1, "safe systems of artificial intelligence, proposed by the United States"),
    "PARIS_AI_2025": ("opt_in", "FRA", "ai", 1, "an inclusive statement on artificial intelligence, Paris"),
    "UNGA_AI_PANEL_2026": ("majority", "ESP", "ai", 1, "the members of a scientific panel"),
    "REAIM_SEOUL_2024": ("opt_in", "KOR", "ai_military", 1, "a blueprint for military uses of artificial intelligence, Seoul"),
    "REAIM_SPAIN_2026": ("opt_in", "ESP", "ai_military", 1, "a declaration on military uses, La Coruña"),
    # Taxes on the digital economy, in the OECD and in the United Nations.
    "OECD_TWOPILLAR_2021": ("opt_in", "FRA", "tax_club", 1, "two pillars, with a standstill on digital taxes"),
    "OECD_OUTCOME_2023": ("opt_in", "FRA", "tax_club", 1, "the standstill extended"),
    "UNGA_TAX_78_230": ("majority", "NGA", "tax_convention", 1, "a framework convention on tax, by the African Group"),
    "UNGA2C_TAX_TOR_2024": ("majority", "NGA", "tax_convention", 1, "terms of reference of that convention"),
    # Trade rules on electronic commerce in the WTO and beside it.
    "WTO_ECOM_AFRICA_2016": ("consensus", "", "ecommerce", 1, "themes that lead to rules on electronic commerce"),
    "WTO_MC11_2017": ("consensus", "", "ecommerce", 1, "a mandate to negotiate on electronic commerce"),
    "WTO_JSI_ECOM_2017": ("opt_in", "JPN", "ecommerce", 1, "the first joint statement on electronic commerce"),
    "WTO_JSI_ECOM_2019": ("opt_in", "", "ecommerce", 1, "the launch of talks among those willing"),
    "WTO_JSI_ECOM_TEXT_2024": ("opt_in", "", "ecommerce", 1, "the stabilised text of the agreement"),
    "WTO_MORATORIUM_MC12": ("consensus", "USA", "customs_duties_et", 0.5, "duties on transmissions stay suspended, 2022"),
    "WTO_MORATORIUM_MC13": ("consensus", "USA", "customs_duties_et", 0.5, "duties on transmissions stay suspended, 2024"),
    "WTO_MORATORIUM_MC14": ("consensus", "USA", "customs_duties_et", 1, "duties on transmissions are suspended for good or for years"),
    "TISA_2016": ("consensus", "USA", "data_flows", 0.7, "services among the willing, data flows included"),
    "TPP_US_EXIT_2017": ("opt_in", "JPN", "data_flows", 0.7, "the Trans-Pacific Partnership after a change of government"),
    "CPTPP_2018": ("opt_in", "JPN", "data_flows", 0.7, "the same without the United States"),
    "RCEP_INDIA_2019": ("opt_in", "SGP", "data_flows", 0.25, "the regional partnership of sixteen"),
    "IPEF_PILLAR1_2022": ("opt_in", "USA", "data_flows", 0.7, "the trade pillar of the Indo-Pacific framework"),
    "WTO_JSI_DATAFLOWS_2023": ("consensus", "JPN", "data_flows", 0.7, "data flows, localisation and source code in the WTO text"),
    "BRI_DIGITAL_INITIATIVE_2017": ("opt_in", "CHN", "belt_and_road", 1, "an initiative on the digital economy along the Belt and Road"),
    "BRI_DIGITAL_GREEN_2023": ("opt_in", "CHN", "belt_and_road", 1, "digital economy and green development along the Belt and Road"),
    # Other trade.
    "ITA_1996": ("critical_mass", "USA", "technology_tariffs", 1, "no tariffs on information technology"),
    "ITA2_2015": ("critical_mass", "", "technology_tariffs", 1, "two hundred products more"),
    "WTO_TFA_2014_07": ("consensus", "USA", "trade_facilitation", 1, "the protocol on trade facilitation, July"),
    "WTO_TFA_2014_11": ("consensus", "USA", "trade_facilitation", 1, "the same with a peace clause, November"),
    "WTO_IFD_STATEMENT_2021": ("opt_in", "CHL", "investment", 1, "a joint statement on facilitating investment"),
    "WTO_IFD_MC13_2024": ("consensus", "", "investment", 1, "that agreement in the rulebook, Abu Dhabi"),
    "WTO_IFD_GC_2025_07": ("consensus", "", "investment", 1, "that agreement in the rulebook, July 2025"),
    "WTO_IFD_GC_2025_12": ("consensus", "KOR", "investment", 1, "that agreement in the rulebook, December 2025"),
    "WTO_IFD_MC14_2026": ("consensus", "KOR", "investment", 1, "that agreement in the rulebook, Yaoundé"),
    "WTO_SDR_2023": ("consensus", "CRI", "services_regulation", 1, "domestic regulation of services in schedules"),
    "WTO_SDR_2024": ("consensus", "CRI", "services_regulation", 1, "the same, objections lifted"),
    "FTAA_MAR_DEL_PLATA": ("consensus", "USA", "americas", 1, "free trade of the Americas taken up again"),
    "ACTA_EP_2012": ("opt_in", "USA", "enforcement", 1, "enforcement of intellectual property on the internet"),
}

# No list of the ACP states is at hand.
UNKNOWN_ACTORS = {"ACP"}

# A source that nobody else can look up is none.
PRIVATE = "source document"

# Hosts on which a page was read that is not where it was published, and the public address of the same page.
ADDRESSES = {
    "https://homsy-staging.cambridgecore.org/": "https://www.cambridge.org/",
    "http://core-cms.prod.aop.cambridge.org/": "https://www.cambridge.org/",
    "https://en.m.wiki.x.io/": "https://en.wikipedia.org/",
    "https://voa.pangea-cms.com/preview/en-US/": "https://www.voanews.com/",
}

# Hosts of which nobody can say whose they are, or where the page is public: what rests on them alone is unverified.
UNLOCATED = ("http://58.221.163.238:8082/", "http://106.2.224.58:1057/", "http://stage.consumerelectronicsdaily.com/")

# Members of the Economic and Social Commission for Asia and the Pacific in 2016.
ESCAP = """AFG ARM AUS AZE BGD BTN BRN KHM CHN PRK FJI FRA GEO IND IDN IRN JPN KAZ KIR KGZ LAO MYS MDV MHL FSM MNG MMR NRU NPL
NLD NZL PAK PLW PNG PHL KOR RUS WSM SGP SLB LKA TJK THA TLS TON TUR TKM TUV GBR USA UZB VUT VNM""".split()

# Members of the WTO that joined after the Bali conference of December 2013.
AFTER_BALI = {"YEM": 2014, "SYC": 2015, "KAZ": 2015, "LBR": 2016, "AFG": 2016, "COM": 2024, "TLS": 2024}

TRADE = {"dds_exports": "exports", "dds_imports": "imports"}


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def table(columns, rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def sourced(row):
    """Source and confidence: what cannot be looked up is unverified."""
    if row["source_url"].startswith(PRIVATE):
        return {"source": "unsourced: verify before citing", "confidence": "low"}
    address, confidence = row["source_url"], row["confidence"]
    for read, public in ADDRESSES.items():
        address = address.replace(read, public)
    if address.startswith(UNLOCATED):
        confidence = "low"
    return {"source": address, "confidence": confidence}


def last_year(date):
    """Of a span of years (2021-2023) the last; other dates as they are."""
    first, _, last = date.partition("-")
    return last if len(first) == len(last) == 4 else date


def evidence(raw):
    salience = {"low": "0.3", "med": "0.6", "high": "1.0"}
    rows = []
    for row in read(raw / "treaties/positions.csv"):
        if row["actor"] in UNKNOWN_ACTORS:
            continue
        line = "no"
        if row["red_line"] != "no":
            line = "ceiling" if float(row["rung"]) / float(row["rung_max"]) <= 0.5 else "floor"
            line = SIDES.get(row["position_id"], line)
        rows.append(
            {
                "id": row["position_id"],
                "actor": row["actor"],
                "clause": row["clause_id"],
                "date": DAY_OF.get(row["position_id"], row["year_valid"]),
                "rung": row["rung"],
                "salience": salience[row["salience"]],
                "red_line": line,
                "basis": row["basis"],
                "instrument": "" if row["context_forum"] == "ANY" else row["context_forum"],
                "drawn_from_text": row["post_outcome_evidence"],
                **sourced(row),
            }
        )
    return table(list(rows[0]), rows)


def outcomes(raw):
    rows = [
        {
            "instrument": row["instrument_id"],
            "clause": row["clause_id"],
            "rung": row["rung"],
            "article": row["article"],
            **sourced(row),
        }
        for row in read(raw / "treaties/outcomes.csv")
    ]
    for instrument, other in SAME_TEXT.items():
        rows += [{**row, "instrument": instrument} for row in rows if row["instrument"] == other]
    return table(list(rows[0]), rows)


STANCES = {
    "sponsor": "author",
    "supported": "for",
    "signed": "for",
    "abstained": "abstains",
    "refused": "against",
    "withdrew": "against",
    "blocked": "blocks",
}


def cases(raw):
    """Decisions, and who stood where. Authors that the coding does not name are the sponsors on record. Of two stances of a
    country the author's counts, else the first."""
    known = {row["id"] for row in read(HERE / "countries.csv")}
    stood = {}
    for row in read(raw / "cases/case_parties.csv"):
        if row["case_id"] not in CASES or row["iso3"] not in known:
            continue
        key = row["case_id"], row["iso3"]
        found = {"case": key[0], "country": key[1], "stance": STANCES[row["stance"]], **sourced(row)}
        if key not in stood or found["stance"] == "author":
            stood[key] = found
    parties = list(stood.values())
    decisions = []
    for row in read(raw / "cases/cases.csv"):
        if row["case_id"] not in CASES:
            continue
        rule, author, axis, point, what = CASES[row["case_id"]]
        sponsors = [p["country"] for p in parties if p["case"] == row["case_id"] and p["stance"] == "author"]
        decisions.append(
            {
                "case": row["case_id"],
                "date": row["date"],
                "rule": rule,
                "what": what,
                "author": author or sponsors[0],
                "axis": axis,
                "point": point,
                **sourced(row),
            }
        )
    decisions.sort(key=lambda row: (row["date"], row["case"]))
    return {
        "cases.csv": table(list(decisions[0]), decisions),
        "case_parties.csv": table(list(parties[0]), parties),
    }


def participants(raw):
    known = {row["id"] for row in read(HERE / "countries.csv")}
    union = {row["iso3"] for row in read(raw / "countries/countries.csv") if row["eu27"] == "1"} - {"EUU"}
    rows = []
    for row in read(raw / "treaties/forum_participants.csv"):
        if row["iso3_or_bloc"] not in known or row["forum_id"] == "WTO_ECA_2024" and row["iso3_or_bloc"] in union:
            continue
        rows.append(
            {
                "instrument": row["forum_id"],
                "country": row["iso3_or_bloc"],
                "role": row["role"],
                "date": last_year(row["date"]),
                **sourced(row),
            }
        )
    return table(list(rows[0]), rows)


MEMBERS = ["country", "note", "source", "confidence"]


def members(raw):
    """Tables of the members of the bodies whose members are many."""
    countries = read(raw / "countries/countries.csv")
    union = {row["iso3"] for row in countries if row["eu27"] == "1"} - {"EUU"}
    world = [row["iso3"] for row in countries if row["status"] == "UN member"]
    trade = ["EU" if row["iso3"] == "EUU" else row["iso3"] for row in countries if row["wto_member"] == "1"]
    trade = sorted(country for country in trade if country not in union)

    def rows(ids, source, confidence, note=lambda country: ""):
        return table(
            MEMBERS,
            [{"country": c, "note": note(c), "source": source, "confidence": confidence} for c in ids],
        )

    def for_all(country):
        return "negotiates for its 27 member states" if country == "EU" else ""

    status = "UN Treaty Collection, chapter X-20"
    roles = {row["iso3_or_bloc"] for row in read(raw / "treaties/forum_participants.csv") if row["forum_id"] == "CPTA"}
    escap = [
        {
            "country": c,
            "note": "",
            "source": status if c in roles else "list of members of ESCAP, from memory: verify before citing",
            "confidence": "high" if c in roles else "low",
        }
        for c in sorted(ESCAP)
    ]
    return {
        "un-members.csv": rows(sorted(world), "country_converter 1.3.2, UN members", "medium"),
        "wto-members.csv": rows(trade, "WTO, members in August 2024", "medium", for_all),
        "wto-members-2013.csv": rows(
            [c for c in trade if c not in AFTER_BALI], "WTO, members in August 2024 without those that joined later", "medium", for_all
        ),
        "escap-members.csv": table(MEMBERS, escap),
    }


def un_countries():
    """Countries as in countries.csv; the Union is a group of its member states as well, so that it speaks for them."""
    rows = read(HERE / "countries.csv")
    for row in rows:
        if row["id"] in UNION:
            row["groups"] += ";EU"
    return table(list(rows[0]), rows)


def estimates(raw):
    """Trade of countries without a figure: GDP times the median ratio of the figure to GDP over all that have both."""
    countries = {row["iso3"]: row for row in read(raw / "countries/countries.csv")}
    known = read(HERE / "indicators.csv")
    listed = {row["id"] for row in read(HERE / "countries.csv")} - {"EU"}
    rows = [row for row in known if not row["source"].startswith("estimate 2:")]
    have = {(row["country"], row["indicator"]) for row in rows}
    for indicator, word in TRADE.items():
        column = f"dds_{word}_usd_mn"
        both = [
            float(row[column]) / float(row["gdp_current_usd"]) * 1e6
            for row in countries.values()
            if row[column] and row["gdp_current_usd"] and row["iso3"] != "EUU"
        ]
        ratio = statistics.median(both)
        least = min(float(row[column]) for row in countries.values() if row[column] and float(row[column]) > 0)
        for country in sorted(listed):
            if (country, indicator) in have:
                continue
            gdp = countries[country]["gdp_current_usd"]
            value = float(gdp) * ratio / 1e6 if gdp else least
            how = f"GDP times the median ratio {ratio:.5f} ({len(both)} countries)" if gdp else "no GDP either: the least figure of any country"
            rows.append(
                {
                    "country": country,
                    "indicator": indicator,
                    "value": f"{value:.4g}",
                    "unit": "million current US$",
                    "year": countries[country]["gdp_year"] or "2023",
                    "source": f"estimate 2: {how}",
                    "confidence": "low",
                }
            )
    rows.sort(key=lambda row: (row["country"], row["indicator"]))
    return table(list(known[0]), rows)


UNION = """AUT BEL BGR HRV CYP CZE DNK EST FIN FRA DEU GRC HUN IRL ITA LVA LTU LUX MLT NLD POL PRT ROU SVK SVN ESP
    SWE""".split()


def world(raw):
    """Shares of the world: a country's figure over the sum of all, where the Union is the sum of its member states and is
    not counted beside them. Derived shares only, not the figures."""
    listed = [row["id"] for row in read(HERE / "countries.csv") if row["id"] != "EU"]
    gdp = {row["iso3"]: float(row["gdp_current_usd"]) for row in read(raw / "countries/countries.csv") if row["gdp_current_usd"]}
    goods = {}
    for row in read(raw / "countries/dyads.csv"):
        flow = float(row["exports_ij_usd_mn_2016"] or 0) + float(row["exports_ji_usd_mn_2016"] or 0)
        for side in ("iso3_i", "iso3_j"):
            goods[row[side]] = goods.get(row[side], 0.0) + flow
    digital, estimated = {}, set()
    for row in read(HERE / "indicators.csv"):
        if row["indicator"] in TRADE:
            digital[row["country"]] = digital.get(row["country"], 0.0) + float(row["value"])
            if row["confidence"] == "low":
                estimated.add(row["country"])
    kinds = {
        "gdp": (gdp, "World Bank, GDP in current US$, latest year to 2023; derived share", "CC BY 4.0"),
        "goods_trade": (goods, "UN Comtrade 2016, exports and imports of goods; derived share", "UN Comtrade terms: derived, with attribution"),
        "digital_trade": (digital, "dds_exports and dds_imports of indicators.csv; derived share", "UNCTAD terms: free with attribution"),
    }
    rows = []
    for measure, (figures, source, licence) in kinds.items():
        figures = {country: figures[country] for country in listed if figures.get(country, 0.0) > 0.0}
        total = sum(figures.values())
        figures["EU"] = sum(figures.get(country, 0.0) for country in UNION)
        for country in sorted(figures):
            origin, rate = source, "medium"
            if measure == "gdp" and country == "TWN":
                origin, rate = "IMF, World Economic Outlook of April 2019, GDP of 2018; derived share", "low"
            if measure == "digital_trade" and country in estimated:
                rate = "low"
            row = {"country": country, "measure": measure, "share": f"{figures[country] / total:.6f}", "source": origin}
            terms = "IMF terms: derived, with attribution" if origin.startswith("IMF") else licence
            rows.append({**row, "licence": terms, "confidence": rate})
    return table(["country", "measure", "share", "source", "licence", "confidence"], rows)


def derived():
    """What follows from tables of this folder alone: (name, whether it is as it should be)."""
    figures = {(r["country"], r["indicator"]): r for r in read(HERE / "indicators.csv")}
    wrong = []
    for (country, indicator), row in figures.items():
        if indicator != "digital_capacity" or country in ("EU", "TWN"):
            continue
        e, i = figures.get((country, "e_government")), figures.get((country, "internet_users"))
        parts = [float(e["value"])] if e else []
        parts += [float(i["value"]) / 100] if i else []
        if abs(sum(parts) / len(parts) - float(row["value"])) > 0.00006:
            wrong.append(country)
    sums = {}
    for row in read(HERE / "trade.csv"):
        sums[row["country"]] = sums.get(row["country"], 0.0) + float(row["share"])
    too_much = [country for country, total in sums.items() if total > 1.0005]
    worlds, unions = {}, {}
    for row in read(HERE / "world.csv"):
        share = float(row["share"])
        if row["country"] == "EU":
            unions[row["measure"]] = unions.get(row["measure"], 0.0) - share
            continue
        worlds[row["measure"]] = worlds.get(row["measure"], 0.0) + share
        if row["country"] in UNION:
            unions[row["measure"]] = unions.get(row["measure"], 0.0) + share
    whole = all(abs(total - 1) < 1e-4 for total in worlds.values()) and all(abs(rest) < 1e-4 for rest in unions.values())
    same = (HERE / "un-countries.csv").read_text(encoding="utf-8") == un_countries()
    return [
        (f"digital_capacity is the mean of its parts {wrong or ''}", not wrong),
        (f"shares of trade add up to 1 at most {too_much or ''}", not too_much),
        ("shares of the world add up to 1, the Union apart, which is the sum of its member states", whole),
        ("un-countries.csv is countries.csv with the Union as a group", same),
    ]


def main(arguments):
    if not arguments or arguments[0] not in ("check", "write") or (arguments[0] == "write") > (len(arguments) == 2):
        sys.exit(__doc__)
    made = {}
    if len(arguments) == 2:
        raw = pathlib.Path(arguments[1])
        made = {
            "evidence.csv": evidence(raw),
            "outcomes.csv": outcomes(raw),
            "participants.csv": participants(raw),
            **cases(raw),
            "indicators.csv": estimates(raw),
            **members(raw),
            "world.csv": world(raw),
        }
    if arguments[0] == "write":
        for name, text in {**made, "un-countries.csv": un_countries()}.items():
            (HERE / name).write_text(text, encoding="utf-8")
            print(f"{name}: {text.count(chr(10)) - 1} rows")
        return
    results = derived() + [
        (name, (HERE / name).read_text(encoding="utf-8") == text) for name, text in sorted(made.items())
    ]
    for what, right in results:
        print("ok   " if right else "WRONG", what)
    sys.exit(any(not right for _, right in results))


if __name__ == "__main__":
    main(sys.argv[1:])
