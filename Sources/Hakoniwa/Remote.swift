import ArgumentParser
import Foundation
import Server

/// `hakoniwa explain`
struct Explain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say why a request was allowed or denied.",
    discussion:
      "Every answer carries its request id (x-amzn-RequestId, x-amz-request-id); last means the latest decision.")

  @Argument(help: "A request id, the id of a decision, an encoded authorization message, or last.")
  var id: String

  @Flag(help: "The whole decision as JSON.")
  var json = false

  @OptionGroup var address: ServerAddress

  func run() async throws {
    let name = id.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? id
    let page = try await HelperClient(address).get("decisions/\(name)")
    if json { return print(page.text) }
    guard let decisions = page.object["decisions"] as? [[String: Any]] else { return print(page.text) }
    for decision in decisions { print(decision["text"] as? String ?? "") }
  }
}

/// `hakoniwa reset`
struct Reset: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reset", abstract: "Remove everything, or everything of one account.")

  @Option(help: "Twelve digits: remove what belongs to this account only.")
  var account: String?

  @OptionGroup var address: ServerAddress

  func run() async throws {
    let body: [String: Any] = account.map { ["account": $0] } ?? [:]
    _ = try await HelperClient(address).post("reset", body)
    print(account.map { "Account \($0) is empty." } ?? "The cloud is empty.")
  }
}

/// `hakoniwa snapshot`
struct SnapshotCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot", abstract: "Save the whole cloud under a name, and go back to it.",
    subcommands: [Save.self, Load.self, List.self])

  struct Save: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "save", abstract: "Save everything under a name.")
    @Argument var name: String
    @OptionGroup var address: ServerAddress

    func run() async throws {
      _ = try await HelperClient(address).post("snapshots/save", ["name": name])
      print("Saved as \(name).")
    }
  }

  struct Load: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "load", abstract: "Go back to what was saved; what is there now is gone.")
    @Argument var name: String
    @OptionGroup var address: ServerAddress

    func run() async throws {
      _ = try await HelperClient(address).post("snapshots/load", ["name": name])
      print("Back at \(name).")
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List what was saved.")
    @OptionGroup var address: ServerAddress

    func run() async throws {
      let page = try await HelperClient(address).get("snapshots")
      for snapshot in page.object["snapshots"] as? [[String: Any]] ?? [] {
        print("\(snapshot["saved"] as? String ?? "")  \(snapshot["name"] as? String ?? "")")
      }
    }
  }
}

/// `hakoniwa clock`
struct ClockCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clock", abstract: "Show or move the cloud's clock.",
    subcommands: [Show.self, Advance.self, Set.self, Auto.self, Scale.self], defaultSubcommand: Show.self)

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show the clock.")
    @OptionGroup var address: ServerAddress

    func run() async throws { ClockCommand.show(try await HelperClient(address).get("clock")) }
  }

  struct Advance: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "advance", abstract: "Move the clock forward: 90s, 15m, 2h, 30d.")
    @Argument var duration: String
    @OptionGroup var address: ServerAddress

    func run() async throws {
      ClockCommand.show(try await HelperClient(address).post("clock", ["advance": duration]))
    }
  }

  struct Set: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set", abstract: "Set the clock: 2027-01-01T00:00:00Z.")
    @Argument var time: String
    @OptionGroup var address: ServerAddress

    func run() async throws { ClockCommand.show(try await HelperClient(address).post("clock", ["set": time])) }
  }

  struct Auto: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "auto", abstract: "Jump to the next deadline whenever nothing else can happen: on or off.")
    @Argument(help: "on or off") var state: String
    @OptionGroup var address: ServerAddress

    func validate() throws {
      guard state == "on" || state == "off" else { throw ValidationError("Say on or off.") }
    }

    func run() async throws {
      ClockCommand.show(try await HelperClient(address).post("clock", ["auto": state == "on"]))
    }
  }

  struct Scale: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "scale", abstract: "Run so many times as fast; 0 stands still.")
    @Argument var factor: Double
    @OptionGroup var address: ServerAddress

    func run() async throws { ClockCommand.show(try await HelperClient(address).post("clock", ["scale": factor])) }
  }

  static func show(_ page: HelperClient.Page) {
    let scale = (page.object["scale"] as? NSNumber)?.doubleValue ?? 1
    let automatic = page.object["auto"] as? Bool ?? false
    var text = page.object["now"] as? String ?? page.text
    if scale != 1 { text += "  (\(scale) times as fast)" }
    if automatic { text += "  (automatic)" }
    print(text)
  }
}

/// `hakoniwa enforcement`
struct EnforcementCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enforcement", abstract: "Show whether permissions count, or set it for an account.")

  @Argument(help: "Twelve digits.") var account: String?
  @Argument(help: "enforce, audit or off.") var mode: String?
  @OptionGroup var address: ServerAddress

  func run() async throws {
    if let account, let mode {
      print(
        try await HelperClient(address).post("enforcement", ["account": account, "mode": mode]).text, terminator: "")
    } else {
      print(try await HelperClient(address).get("enforcement").text, terminator: "")
    }
  }
}
