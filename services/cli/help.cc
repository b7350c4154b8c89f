// help, commands and version.
#include <cctype>

#include "services/cli/api_description.h"
#include "services/cli/invocation.h"
#include "services/cli/method_help.h"
#include "services/cli/table.h"
#include "workflows/engine/nearest_name.h"

namespace kasundo::cli {
namespace {

struct Topic {
  const char* name;
  const char* title;
  const char* text;
};

constexpr Topic kTopics[] = {
    {"start", "Signing in, and finding one's way", R"(
  kasundo sign-in --account ana@calabarzon      asks for the password; the session is remembered
  kasundo use realms/calabarzon                 the realm whose names you write short
  kasundo whoami                                as whom, and in which offices you act

  kasundo list committees                       what there is
  kasundo list committees/cmd/meetings          what lies beneath it
  kasundo get committees/cmd                    one thing
  kasundo describe committees/cmd               the same, with what you may do now, deadlines, last events
  kasundo history committees/cmd                what happened to it: when, who, in which office, why

The first start of a server prints a one-time token of its administrator, which ends with the first password (a file with
the line "password: ..."):
  kasundo sign-in --token-stdin < token.txt
  kasundo act SetPassword realms/system/accounts/admin -f password.yaml

Everybody else gets an account from an administrator, and sets a password of their own:
  kasundo act CreateAccount accounts/ana person=people/ana-reyes -f password.yaml
  kasundo act SetPassword accounts/ana -f password.yaml
)"},
    {"names", "How things are named", R"(
Everything has a name that is a path and never changes, also when its title does:

  realms/calabarzon/committees/cmd/meetings/2016-q1

The realm is the jurisdiction. After `kasundo use realms/calabarzon` you leave it out: committees/cmd. To list, name a
collection: `kasundo list committees/cmd/meetings` lists those of one committee, `kasundo list meetings` those of all
(the same as committees/-/meetings: an id of "-" stands for any).
)"},
    {"act", "Doing something", R"(
Whatever changes something is a command with a name. Find it, read what it takes, rehearse it, do it:

  kasundo describe committees/cmd               what may be done now, and by whom
  kasundo commands seat                         all commands with "seat" in their name or description
  kasundo act --help FillSeat                   what FillSeat does, and its fields
  kasundo act FillSeat committees/cmd seat_id=dole person=people/ana-reyes --dry-run
  kasundo act FillSeat committees/cmd seat_id=dole person=people/ana-reyes --reason "Order 12 of the director"

Fields are written field=value; a field of a field with a point, an element of a list with a number from 0:

  seat.title="Regional Director, DOLE IV-A"     seats[0].title=Chair        functions='[advise, monitor]'
  since=2011-06                                 text=@minutes.md            (the content of a file)

Larger input comes from a file or from the standard input: kasundo act CallMeeting committees/cmd/meetings/2016-q1 -f call.yaml

  --reason WHY         kept in the history; some commands demand it
  --occurred-on DATE   when it happened, if you enter it later: 2016-03-18, 2016-03 or 2016
  --as OFFICE          in whose name you act, if you hold several offices
  --etag ETAG          only if nobody has changed it since you looked
  --dry-run            ask whether it would be accepted, and see what would change
)"},
    {"continuity", "What hangs on one person", R"(
  kasundo continuity                            everything open that is at risk or has stopped, and vacant offices
  kasundo continuity committees/cmd             one thing: the steps that remain, who can take each and until when, what could go wrong
  kasundo continuity people/ana-reyes           what would stop if she left today
  kasundo continuity --losses                   the same for everybody
  kasundo continuity offices/ppdo --handover    what the next holder of the office must know
  kasundo continuity --elections                elected terms that end within a year, and what must be done before

With --on 2011-05-01 each of these answers for that day, with what was known on it, whenever it was recorded.
)"},
    {"responsibilities", "Who is responsible for what", R"(
  kasundo responsibilities                          one table: accountable, responsible, consulted, informed; then what is wrong
  kasundo responsibilities --on 2013-05-01          as it was on that day
  kasundo responsibilities --party offices/ppdo     only where this office stands
  kasundo responsibilities --gaps --overlaps        what nobody does, and what is led twice; also --vacancies, --conflicts, --overloads
  kasundo responsibilities -o csv > table.csv       for a spreadsheet
)"},
    {"meeting", "Calling and holding a meeting", R"(
To call a meeting:
  kasundo act CallMeeting committees/cmd/meetings/2016-q1 start_time=2016-03-18T09:00:00+08:00 place="NEDA IV-A, Calamba"

To put something on its agenda:
  kasundo act AddAgendaItem committees/cmd/meetings/2016-q1 title="Reintegration of returning workers"

To open it and say who came:
  kasundo act OpenMeeting committees/cmd/meetings/2016-q1
  kasundo act RecordArrivals committees/cmd/meetings/2016-q1 -f arrivals.yaml
  kasundo get committees/cmd/meetings/2016-q1   shows who counts for the quorum and who does not, and why

To decide:
  kasundo act TableMotion committees/cmd/meetings/2016-q1 motion_id=m1 mover_seat=neda text="To adopt the plan"
  kasundo act CloseMotion committees/cmd/meetings/2016-q1 motion=m1 hands.yes=11

Each of these commands says more with: kasundo act --help CallMeeting, and so on. `kasundo describe` on the meeting
says which of them may be given now.
)"},
    {"text", "Writing, discussing and comparing the text of an agreement", R"(
To bring an article into the draft, and to translate it; the translation says which text it follows:
  kasundo act DraftArticle agreements/batangas-rome/articles/health number=3.2 title=Health language=en text="The host pays."
  kasundo act WriteText agreements/batangas-rome/articles/health language=it text="Paga chi ospita." peg.language=en

To remark on it, and to say how your side reads it:
  kasundo act CommentOnArticle agreements/batangas-rome/articles/health language=en text="Who pays for travel?"
  kasundo act TakePosition agreements/batangas-rome/articles/health language=en stance=accepts

To read the whole text: which language prevails, what is behind its source, what is contested
  kasundo act GetAgreementText agreements/batangas-rome language=it

To see what changed, word by word, removed words as [-these-] and added ones as {+these+}:
  kasundo act CompareTexts agreements/batangas-rome/articles/health language=en before.version=1 after.version=3
  kasundo act CompareTexts agreements/batangas-rome before.time=2011-01-31T00:00:00+08:00
  kasundo act CompareTexts agreements/batangas-rome before.version=1     since the first text that was agreed
)"},
    {"monitoring", "Checklists, figures and findings", R"(
To report for a unit, as one who acts in it; what is missing is named:
  kasundo act SubmitChecklist issuances/provinces-2016-q1/checklists/batangas -f answers.yaml
  kasundo get issuances/provinces-2016-q1/checklists/batangas   each question with its answer, its target and the difference

To look at what a body oversees, to return or to validate it; who reported cannot:
  kasundo act ListOverseenChecklists committees/batangas-council issuance=issuances/provinces-2016-q1
  kasundo act ReturnChecklist issuances/provinces-2016-q1/checklists/laguna remarks="Please count again" items=served
  kasundo act ValidateChecklist issuances/provinces-2016-q1/checklists/laguna

To see what that comes to in a territory, on a past day, and what is behind a figure:
  kasundo act GetRollUp realms/calabarzon territory=territories/region-iv-a issuance=issuances/provinces-2016-q1
  kasundo act GetRollUp realms/calabarzon territory=territories/region-iv-a issuance=issuances/provinces-2016-q1 as_of.business_date=2016-07-15
  kasundo act ExplainFigure realms/calabarzon territory=territories/batangas issuance=issuances/provinces-2016-q1 item=served

What is wrong and who mends it, and the forms of RPMES:
  kasundo act ExplainFinding findings/quezon-desks-2016-q1 reasons="Nobody was told"
  kasundo act CompleteCorrectiveAction findings/quezon-desks-2016-q1/correctiveActions/circular evidence.document="Circular 14-2016"
  kasundo act GetReport realms/calabarzon form=3 period=2016-06
)"},
    {"late", "Entering what happened long ago", R"(
Two times are kept apart: when something happened (--occurred-on, or occurred_on in a manifest) and when it was recorded
(the server's clock, never changed).

  kasundo act FillSeat committees/cmd seat_id=dole person=people/ana-reyes --occurred-on 2012-06

  kasundo get committees/cmd --as-of 2016-12-31       what was recorded by then
  kasundo get offices/ppdo --on 2012-07               as it was on that day, by all that is known now
  kasundo act GetRoster committees/cmd on=2012-07     who sat in it on that day, by all that is known now
  kasundo diff committees/cmd --from 2016-01-01 --to 2016-12-31
  kasundo diff committees/cmd --from @3 --to @5       between two revisions

A moment is a date (its end), an instant (2016-03-18T09:00:00+08:00), a journal position (1834) or a revision (@3).
)"},
    {"apply", "Entering many things at once", R"(
A manifest is a YAML file of steps:

  manifest: calabarzon-2016            # names the requests; keep it when you extend the file
  realm: realms/calabarzon             # short names belong to it
  defaults:
    reason: Entered from the minutes of 2016.
  steps:
    - EstablishCommittee: {committee_id: cmd, title: Committee on Migration and Development, form: {...}}
      occurred_on: 2011-06
    - FillSeat: {name: committees/cmd, seat_id: dole, person: people/ana-reyes}
      key: dole-2012                   # optional; without it a step is known by its content

  kasundo apply -f realm.yaml --dry-run     shows what would change; records nothing
  kasundo apply -f realm.yaml               stops before the first step that is refused, naming its line
  kasundo apply -f realm.yaml --continue    goes on after refused steps

Applying a file again changes nothing; adding steps and applying it again does only those. A step whose content you change
is a new step, unless it has a key: then it is refused, because what was recorded under this key stays.

Each step may have: key, reason, occurred_on, acting_office, etag, and files: {field: path} to take a text from a file.
)"},
    {"scripts", "Using kasundo from scripts", R"(
  -o json, -o yaml     with the fields' names as in the interface; lists as one JSON list or as YAML documents
  -o name              names alone, a line each
  KASUNDO_SERVER, KASUNDO_TOKEN, KASUNDO_REALM, KASUNDO_TLS_ROOTS     instead of a session; flags win over them

Errors go to the standard error as lines "error:", "reason:", "field:" and "to mend:". The reason never changes its
meaning. A call that got no answer (exit code 7) may be made again with the same --request-id: it is then done once.
`kasundo watch --from 0 -o json` follows the journal, one JSON object per line.

  source <(kasundo completion bash)        completion of commands, names and fields
)"},
    {"exit-codes", "What the exit codes mean", ""},
};

std::string ExitCodes() {
  std::string text = "\n";
  for (int code = 0; code <= static_cast<int>(Exit::kInternal); ++code) {
    text += fmt::format("  {}  {}\n", code, MeaningOf(static_cast<Exit>(code)));
  }
  return text + "\nThe codes are part of the interface and never change their meaning.\n";
}

constexpr char kOverview[] =
    R"(kasundo: the record of what public bodies promised each other.

  To sign in and look around     kasundo help start
  To do something                kasundo help act
  To call and hold a meeting     kasundo help meeting
  To enter what is long past     kasundo help late
  To enter many things at once   kasundo help apply
  How things are named           kasundo help names
  For scripts                    kasundo help scripts, kasundo help exit-codes

Commands of this program (each with --help):

  sign-in, sign-out, whoami, use     who you are, and where you work
  list, get, describe                what there is
  history, diff, watch               what happened
  act, commands                      doing something, and what can be done
  apply                              doing many things from a file
  workflow                           definitions: check, deploy, list, show, migrate
  admin                              the server: verify, backup, restore, stats, create-realm
  completion, version, help

Nothing that is recorded can be changed or taken back, only followed by something else: so whatever you do, you may
rehearse it first with --dry-run.
)";

absl::Status Help(const Invocation& run, const std::string& wanted) {
  if (wanted.empty()) {
    run.out() << kOverview;
    return absl::OkStatus();
  }
  std::vector<std::string> names;
  for (const Topic& topic : kTopics) {
    names.emplace_back(topic.name);
    if (wanted != topic.name) continue;
    const bool codes = wanted == "exit-codes";
    run.out() << topic.title << "\n" << (codes ? ExitCodes() : std::string(topic.text));
    return absl::OkStatus();
  }
  // Not a topic: perhaps a command of the interface.
  if (const auto method = run.catalog().Find(wanted); method.ok()) {
    run.out() << MethodHelp(run.catalog(), **method, run.view().width);
    return absl::OkStatus();
  }
  return Usage(fmt::format("there is no help on '{}'", wanted),
               SuggestName(wanted, names, "topics"));
}

bool Contains(const std::string& text, const std::string& pattern) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  };
  return std::search(text.begin(), text.end(), pattern.begin(), pattern.end(), same) != text.end();
}

std::string KindInWords(const MethodDescriptor& method) {
  const api::v1::MethodRules& rules = RulesOf(method);
  if (rules.has_command() || rules.has_action())
    return rules.administrator() ? "administrators" : "changes";
  return "reads";
}

absl::Status Commands(const Invocation& run, const std::string& pattern) {
  Table table({{"COMMAND", 16}, {"SERVICE", 8}, {"DOES", 7}, {"WHAT", 20}});
  for (const MethodDescriptor* method : run.catalog().methods()) {
    const std::string name = run.catalog().NameOf(*method);
    const std::string comment = CommentOf(*method);
    if (!pattern.empty() && !Contains(name, pattern) && !Contains(comment, pattern)) continue;
    if (run.format() == Format::kName) {
      run.out() << name << "\n";
    } else {
      table.Add({name, method->service()->name(), KindInWords(*method), FirstSentence(comment)});
    }
  }
  if (run.format() == Format::kName) return absl::OkStatus();
  if (table.empty())
    return Usage(fmt::format("no command has '{}' in its name or description", pattern),
                 "Look for a shorter word, or see all: kasundo commands");
  run.out() << table.Print(run.view().width);
  return absl::OkStatus();
}

}  // namespace

void AddHelpCommands(CLI::App& app, Invocation& run) {
  const auto word = std::make_shared<std::string>();
  CLI::App* help = app.add_subcommand("help", "How to do things; help TOPIC says more");
  help->add_option("topic", *word, "For example act, apply, meeting, or the name of a command");
  help->final_callback([&run, word] { run.chosen = [&run, word] { return Help(run, *word); }; });

  CLI::App* commands =
      app.add_subcommand("commands", "All commands for `act` and `apply`, with what they do");
  commands->add_option("pattern", *word, "Only those with this in their name or description");
  commands->final_callback(
      [&run, word] { run.chosen = [&run, word] { return Commands(run, *word); }; });

  CLI::App* version = app.add_subcommand("version", "The version of this program");
  version->final_callback([&run] {
    run.chosen = [&run] {
      run.out() << "kasundo " KASUNDO_VERSION "\n";
      return absl::OkStatus();
    };
  });
}

}  // namespace kasundo::cli
