import ArgumentParser
import Foundation

extension PolicyCommand {
  /// `hakoniwa policy from-use`
  struct FromUse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "from-use", abstract: "Write the smallest policy that allows exactly what a principal did.",
      discussion: """
        The policy is made from the calls that the server has recorded, and proved: every recorded call is decided again \
        with it, and so is everything beside it that was not done. More than one document is written when one would be \
        longer than AWS allows. The exit code is 1 when nothing was recorded, or when the proof fails.
        """)

    @Option(help: "The ARN of a user, a role (with all its sessions), a session, or a root user.")
    var principal: String

    @Option(help: "Only what was done since: a time, or how long ago (15m, 2h, 7d).")
    var since: String?

    @Flag(help: "The policies with uses and proof as JSON.")
    var json = false

    @OptionGroup var address: ServerAddress

    func run() async throws {
      var query = "principal=\(escaped(principal))"
      if let since { query += "&since=\(escaped(since))" }
      let page = try await HelperClient(address).get("policy-from-use?" + query)
      let object = page.object
      let proof = object["proof"] as? [String: Any] ?? [:]
      let policies = object["policies"] as? [String] ?? []
      if json { print(page.text) } else { for policy in policies { print(policy) } }
      let calls = object["calls"] as? Int ?? 0
      if policies.isEmpty {
        say("Nothing that \(principal) was allowed to do needs a permission (\(calls) calls recorded).")
        throw ExitCode(1)
      }
      let replayed = proof["replayed"] as? Int ?? 0
      let denied = object["denied"] as? Int ?? 0
      say(
        "\(calls) calls recorded. Proof: \(replayed) checks decided again and allowed, "
          + "\(proof["neighbours"] as? Int ?? 0) neighbours tried and refused."
          + (denied > 0 ? " Denied then, and left out: \(denied)." : ""))
      guard proof["holds"] as? Bool == true else {
        for (what, key) in [("Not allowed", "refused"), ("Allowed beyond need", "excessive")] {
          for use in proof[key] as? [[String: String]] ?? [] {
            say("\(what): \(use["action"] ?? "") on \(use["resource"] ?? "")")
          }
        }
        say("The proof fails.")
        throw ExitCode(1)
      }
    }

    private func escaped(_ text: String) -> String {
      text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }

    private func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
  }
}
