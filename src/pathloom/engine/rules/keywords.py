"""What every keyword of a rule file means, and how it shows in an audit."""

from __future__ import annotations

from collections.abc import Mapping

# keyword: meaning; how it shows in an audit
MEANINGS: Mapping[str, tuple[str, str]] = {
    # the file
    "jurisdiction": (
        "Who made the rules: `us-ga`, a district `us-ga-barrow`. It is the name of the folder.",
        "Part of the id of the rules that the audit names.",
    ),
    "diploma": (
        "What is decided. It is the name of the file.",
        "Part of the id of the rules that the audit names.",
    ),
    "kind": (
        "What the file decides. In `sources`: whether the text of the rule itself was read "
        "(`primary`) or what somebody wrote about it (`secondary`).",
        "Only a diploma stands in the way of a diploma; everything else is an audit beside it.",
    ),
    "extends": (
        "The rules underneath an overlay, by their id. The overlay only adds and tightens.",
        "Requirements of both layers stand in one audit, each with its own source.",
    ),
    "title": (
        "Its name in words. Left out, it is made from the id.",
        "The line of the requirement, award or cap begins with it.",
    ),
    "credit": (
        "The unit of credit: its name, and how many Carnegie units one of it is.",
        "Every amount of credit is said in this unit.",
    ),
    "name": ("The name of one unit of credit.", "As for `credit`."),
    "carnegie_units": (
        "How many Carnegie units one unit of credit is. Records that count in another unit are "
        "converted, and refused where that does not come out even.",
        "Amounts are said in the unit of the rules.",
    ),
    "status": (
        "`draft`; `checked`, once two people have compared the file with a primary source; "
        "`confirmed` by the agency.",
        "An audit under a draft is marked as unofficial.",
    ),
    "checked": (
        "Who compared the file with the text of the rule (`name`), and when (`on`).",
        "Not shown.",
    ),
    "subjects": ("The subjects in use, with their names in words.", "The words of sentences."),
    "tags": (
        "The tags in use, with their meaning in words. In `grant`: those of the course.",
        "The words of sentences.",
    ),
    "families": (
        "Families of tags: `pathway` stands for `pathway:welding` and all others.",
        "The words of sentences.",
    ),
    "evidence": (
        "The names of what is done outside of courses: experiences, exams, averages, milestones.",
        "The words of sentences.",
    ),
    "tracks": (
        "The tracks that change how a requirement reads, with their names in words.",
        "The words of sentences.",
    ),
    "sources": ("Where the rules were read.", "Each requirement links to its source."),
    "url": ("Its address on the web.", "The link behind a source."),
    "read_on": ("The day on which it was read.", "Stands beside the source."),
    "versions": (
        "The rules for ranges of cohorts and days, each written out in full. Together they leave "
        "no cohort and no day out between the first and the last, and none has two.",
        "The audit names the version.",
    ),
    # a version
    "id": (
        "A short name that stays the same for good: other rules, exceptions and audits use it.",
        "The id of its result.",
    ),
    "entered_grade_9": (
        "The school years of first entering grade 9 for which the version holds.",
        "It decides which version a student is audited under.",
    ),
    "in_force": (
        "The days on which the version holds, where a rule changes while a cohort is in school.",
        "The day of the audit decides which version it is.",
    ),
    "from": (
        "Which courses can count: `any`, or a matcher. In `entered_grade_9` and `in_force`: the "
        "first school year or day.",
        "The sentence of the requirement says which courses are meant.",
    ),
    "to": ("The last school year or day.", "As for `entered_grade_9` and `in_force`."),
    "total": (
        "How much distinct credit is needed in all. The requirements add up to it.",
        "A line of its own; a course that counts twice adds to it once.",
    ),
    "split": (
        "What happens to the part of a course that its requirement does not need: `never` (it is "
        "lost), `overflow` (it flows into the requirement named), `free` (a course may be divided "
        "between requirements).",
        "A course can stand under two requirements with a part of its credit each.",
    ),
    "overflow_into": (
        "The requirement that takes what is not needed elsewhere.",
        "The rest of a course stands there, marked as overflow.",
    ),
    "requirements": ("What is asked for, in the order of the regulation.", "One line each."),
    # a requirement
    "source": ("The source in which this was read, by its id.", "The link beside the line."),
    "earn": (
        "So much credit has to be earned.",
        "Earned, in progress, planned and short add up to it.",
    ),
    "include": (
        "Named parts of a requirement. What they need is part of its `earn`, never on top of it.",
        "The parts stand under the requirement; it is met once all of them are.",
    ),
    "also_counts": (
        "Requirements in which a course that counts here counts a second time.",
        "The course stands under both, and in the total once.",
    ),
    "instead": (
        "Another way to fulfil the whole requirement, all or nothing. Its courses then count "
        "nowhere else.",
        "The requirement is met, and its courses are marked with the substitute.",
    ),
    "same": (
        "All that counts carries one and the same tag of this family. The audit takes the best.",
        "Only courses of one value count; the line says which.",
    ),
    "among": (
        "Of what counts here, at least so much matches this as well.",
        "A part of its own under the requirement; its shortage keeps the requirement from being "
        "met.",
    ),
    "credits": ("An amount of credit; of a granted course, what it is worth.", "An amount."),
    "courses": (
        "A number of different courses; a course that is repeated counts once.",
        "An amount in courses, beside that in credit if both are asked for.",
    ),
    "choose": (
        "How many of the alternatives under `of` suffice: a number, or `all`.",
        "The best alternatives are needed; the others stand beside them and are not.",
    ),
    "of": (
        "The alternatives of a choice; in `hours`, `times`, `exam`, `gpa`: the names of the "
        "evidence that counts; in `waivers`: the requirements that may be excused.",
        "Alternatives stand under the choice.",
    ),
    "have": (
        "So much of it is on the record, wherever else it counts: nothing is used up. In an award: "
        "what completes it.",
        "The amount that is there; the courses stay where they count.",
    ),
    "hours": ("So many hours of experiences of these kinds.", "Amounts in hours."),
    "times": ("So many experiences of these kinds.", "Amounts are how often."),
    "exam": ("A score in one of these exams; the best counts.", "Amounts in points."),
    "gpa": (
        "A grade point average as its keeper states it; it is never computed here.",
        "Amounts in points.",
    ),
    "done": ("At least one of these milestones is done.", "Met, or one short."),
    "at_least": (
        "How much is needed; in an award, the least credit of the course that earns it.",
        "The need of the line.",
    ),
    "on_track": (
        "Another reading of the requirement for students on a track: title, courses and source.",
        "The line reads as it does for this student.",
    ),
    "exempt": (
        "Students on this track need not fulfil the requirement. The total falls by its `earn`.",
        "The line is excused.",
    ),
    "track": ("One of the declared tracks.", "As for `on_track` and `exempt`."),
    "was": (
        "Former ids. They are never given to another requirement.",
        "Exceptions that name a former id can be found.",
    ),
    "note": ("What a reader of the rule should know.", "Not shown."),
    # matchers
    "subject": ("The course has this subject.", "The sentence of the requirement says it."),
    "tag": (
        "The course carries this tag, `biology`, or one of a family, `pathway:welding`.",
        "The sentence of the requirement says it.",
    ),
    "number": (
        "The state course number; in a matcher X stands for any digit: `27.X992XXX`.",
        "The sentence of the requirement says it.",
    ),
    "sced": (
        "The SCED code; X stands for any digit: `03051`, `10XXX`.",
        "The sentence of the requirement says it.",
    ),
    "course": (
        "The catalog's own course code.",
        "The sentence of the requirement says it.",
    ),
    "mark": (
        "The final mark is this or better; a course without a mark yet may still get there.",
        "A course with a lower mark does not count here.",
    ),
    "any": ("At least one of these matches.", "The sentence joins them with *or*."),
    "all": ("Every one of these matches.", "The sentence joins them with *and*."),
    "not": ("This does not match.", "The sentence denies it."),
    # the rest of a version
    "awards": (
        "Credit that the rules add: for one course (`when`), or for what is completed (`have`). An "
        "award may build on those before it, never on itself.",
        "The granted course stands in the audit like any other, with the course that earned it.",
    ),
    "when": ("Which course earns the award.", "As for `awards`."),
    "grant": ("The course that is added.", "As for `awards`."),
    "in_total": (
        "Whether the granted course counts in the total as well; it does if this is left out.",
        "With `false` it fills requirements and adds nothing to the total.",
    ),
    "caps": (
        "At most so much credit of these courses counts.",
        "What a cap holds back is listed with what is there and what counts.",
    ),
    "at_most": ("The most that counts, or that may be excused.", "As for `caps` and `waivers`."),
    "within": (
        "Where a cap holds: in a requirement and its parts, in the `total`, or, left out, in all.",
        "As for `caps`.",
    ),
    "waivers": (
        "The only requirements that staff may excuse, and how much credit in all. Without it "
        "staff may excuse anything.",
        "An exception that goes further is listed as not in effect, with the reason.",
    ),
    # an overlay
    "tighten": (
        "What an overlay asks more of a requirement underneath, by its id.",
        "The line shows the larger amount and the source of the overlay.",
    ),
    "only": ("Courses have to match this too.", "The sentence of the requirement says both."),
}
