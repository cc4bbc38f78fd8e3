import ArgumentParser
import Foundation
import Policy

/// `hakoniwa policy`
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Judge policies, and write them.", subcommands: [Eval.self, FromUse.self])

  /// `hakoniwa policy eval`
  struct Eval: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "eval", abstract: "Decide the cases of a file.",
      discussion: """
        The file has one JSON object a line: id, request {principal, action, resource, resourceAccount, context}, and the \
        policies: identityPolicies, boundaries, sessionPolicy, scps, rcps, resourcePolicy, vpcePolicies. One line is written \
        for each: {"id", "decision", "layers"}. docs/policy.md has the form.
        """)

    @Option(help: "The file of cases; - for standard input.")
    var cases: String

    @Option(help: "Also decide each case so many times more, and say what a decision costs.")
    var repeats = 0

    func run() throws {
      let data =
        try cases == "-"
        ? FileHandle.standardInput.readToEnd() ?? Data() : Data(contentsOf: URL(fileURLWithPath: cases))
      var output = ""
      for (index, line) in data.split(separator: 10).enumerated() {
        let text = String(decoding: line, as: UTF8.self)
        do {
          output += try PolicyCases.run(line: text) + "\n"
        } catch {
          throw ValidationError("Line \(index + 1) of \(cases) is not a case: \(error)")
        }
      }
      FileHandle.standardOutput.write(Data(output.utf8))
      if repeats > 0 { try measure(data) }
    }

    /// Decides again and again, and prints the processor time of a decision.
    private func measure(_ data: Data) throws {
      let cases = try data.split(separator: 10).map { try PolicyCases.read(line: String(decoding: $0, as: UTF8.self)) }
      guard !cases.isEmpty else { return }
      var allowed = 0
      let start = clock()
      for _ in 0..<repeats { for one in cases where PolicyCases.outcome(of: one) == .allowed { allowed += 1 } }
      let microseconds = Double(clock() - start) * 1_000_000 / Double(CLOCKS_PER_SEC)
      let count = repeats * cases.count
      let each = String(format: "%.2f", microseconds / Double(count))
      let text = "\(count) decisions, \(allowed) of them to allow: \(each) µs of processor time each\n"
      FileHandle.standardError.write(Data(text.utf8))
    }
  }
}
