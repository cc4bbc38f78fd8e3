import ArgumentParser
import Foundation
import Policy

/// `hakoniwa policy`
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Judge policies without a server.", subcommands: [Eval.self])

  /// `hakoniwa policy eval`
  struct Eval: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Decide the cases of a file.",
      discussion: """
        The file has one JSON object a line: id, request {principal, action, resource, resourceAccount, context}, and the \
        policies: identityPolicies, boundaries, sessionPolicy, scps, rcps, resourcePolicy, vpcePolicies. One line is written \
        for each: {"id", "decision", "layers"}. docs/policy.md has the form.
        """)

    @Option(help: "The file of cases; - for standard input.")
    var cases: String

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
    }
  }
}
