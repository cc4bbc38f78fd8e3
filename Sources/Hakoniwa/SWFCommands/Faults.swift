import ArgumentParser
import Foundation

extension SWFCommand {
  /// `hakoniwa swf faults`
  struct Faults: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "faults",
      abstract: "Let polls' answers be lost or late, tasks time out, decisions fail, and calls be throttled.",
      discussion: "Faults are repeatable: the same seed and the same calls give the same faults. A restart ends them.",
      subcommands: [Show.self, Add.self, Load.self, Clear.self], defaultSubcommand: Show.self)

    struct Show: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the rules, and how often each struck.")
      @OptionGroup var address: ServerAddress

      func run() async throws { Faults.show(try await HelperClient(address).get("swf/faults")) }
    }

    struct Add: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a rule.",
        discussion: """
          drop: a poll's task is given out and its answer lost. delay: a poll's answer comes --seconds later. \
          timeout: a task times out as soon as it is given out. throttle: a call is refused with ThrottlingException; \
          without --nth, --every and --probability by AWS's own rates. truncate: a count stops at --most and says so. \
          fail: a decision of the type --operation fails of --cause.
          """)

      @Argument(help: "drop, delay, timeout, throttle, truncate or fail.") var kind: String
      @Option(help: "Only calls of this operation (PollForActivityTask), or decisions of this type (StartTimer).")
      var operation: String?
      @Option(help: "Only in this account.") var account: String?
      @Option(help: "Only in this domain.") var domain: String?
      @Option(help: "Only tasks of this list.") var taskList: String?
      @Option(help: "Only tasks of this activity or workflow type.") var type: String?
      @Option(help: "Only the activity, or the workflow's decision tasks, of this id; decisions about it.") var id:
        String?
      @Option(help: "Only the nth match.") var nth: Int?
      @Option(help: "Every so many matches.") var every: Int?
      @Option(help: "With this probability.") var probability: Double?
      @Option(help: "At most so often.") var limit: Int?
      @Option(help: "For how long an answer is late.") var seconds: Double?
      @Flag(help: "A lost answer looks like that of a poll without a task, not like an error.") var empty = false
      @Option(help: "Rates so many times AWS's.") var factor: Double?
      @Option(help: "What a truncated count comes to at most.") var most: Int?
      @Option(help: "Why a decision fails (OPEN_TIMERS_LIMIT_EXCEEDED).") var cause: String?
      @OptionGroup var address: ServerAddress

      func run() async throws {
        let values: [(String, Any?)] = [
          ("kind", kind), ("operation", operation), ("account", account), ("domain", domain), ("taskList", taskList),
          ("type", type), ("id", id), ("nth", nth), ("every", every), ("probability", probability), ("limit", limit),
          ("seconds", seconds), ("loss", empty ? "empty" : nil), ("factor", factor), ("most", most),
          ("cause", cause),
        ]
        var rule: [String: Any] = [:]
        for case (let name, let value?) in values { rule[name] = value }
        Faults.show(try await HelperClient(address).post("swf/faults", ["add": rule]))
      }
    }

    struct Load: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Put the rules of a file in place of all.",
        discussion: "The file: {\"seed\": 7, \"rules\": [{\"kind\": \"drop\", \"type\": \"Pay\", \"nth\": 2}, …]}")
      @Argument(help: "The file.") var file: String
      @OptionGroup var address: ServerAddress

      func run() async throws {
        let data = try Data(contentsOf: URL(filePath: file))
        guard let plan = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
          throw Failure("\(file) is not a JSON object.")
        }
        Faults.show(try await HelperClient(address).post("swf/faults", plan))
      }
    }

    struct Clear: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "clear", abstract: "Remove all rules; a new seed, if one is given.")
      @Option(help: "The seed of what is drawn from now on.") var seed: Int?
      @OptionGroup var address: ServerAddress

      func run() async throws {
        var plan: [String: Any] = ["rules": [Any]()]
        plan["seed"] = seed
        Faults.show(try await HelperClient(address).post("swf/faults", plan))
      }
    }

    static func show(_ page: HelperClient.Page) {
      let rules = page.object["rules"] as? [[String: Any]] ?? []
      print("Seed \(page.object["seed"] ?? 1), \(rules.count) rule\(rules.count == 1 ? "" : "s").")
      for rule in rules {
        let counters = ["matches", "hits", "kind"]
        let details = rule.filter { !counters.contains($0.key) }.sorted { $0.key < $1.key }.map {
          "\($0.key)=\($0.value)"
        }
        let text = ([rule["kind"] as? String ?? ""] + details).joined(separator: " ")
        print("  \(text)  (\(rule["hits"] ?? 0) of \(rule["matches"] ?? 0))")
      }
    }
  }
}
