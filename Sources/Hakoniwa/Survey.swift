import ArgumentParser
import Foundation

/// `hakoniwa who-can`
struct WhoCan: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "who-can", abstract: "List everybody, in every account, who may do something to a resource.",
    discussion: """
      Nobody does it, and nothing is recorded. What a call would bring along (its address, its tags, MFA) isn't known: who \
      may only under such a condition is listed with it.
      """)

  @Argument(help: "The IAM action, such as sqs:SendMessage.")
  var action: String

  @Argument(help: "The resource's ARN; * for actions that have none.")
  var resource: String

  @Flag(help: "The list as JSON.")
  var json = false

  @OptionGroup var address: ServerAddress

  func run() async throws {
    let page = try await HelperClient(address).get("who-can?action=\(escaped(action))&resource=\(escaped(resource))")
    if json { return print(page.text) }
    let principals = page.object["principals"] as? [[String: Any]] ?? []
    if principals.isEmpty { print("Nobody may \(action) on \(resource).") }
    for principal in principals { print(SurveyLine(principal).text) }
  }
}

/// `hakoniwa can`
struct Can: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "can", abstract: "Say whether a principal may do something, and why, without doing it.",
    discussion: "The exit code is 0 if it may, 1 if it may not, and 3 if that depends on how the call is made.")

  @Argument(
    help: "The ARN of a user, role, session or root user, a service's name, or * for somebody without credentials.")
  var principal: String

  @Argument(help: "The IAM action, such as sqs:SendMessage.")
  var action: String

  @Argument(help: "The resource's ARN; * for actions that have none.")
  var resource: String

  @Flag(help: "The answer as JSON.")
  var json = false

  @OptionGroup var address: ServerAddress

  func run() async throws {
    let page = try await HelperClient(address).get(
      "can?principal=\(escaped(principal))&action=\(escaped(action))&resource=\(escaped(resource))")
    let line = SurveyLine(page.object)
    if json {
      print(page.text)
    } else {
      print(line.text)
      print(page.object["explanation"] as? String ?? "")
    }
    switch line.access {
    case "allowed": return
    case "depends": throw ExitCode(3)
    default: throw ExitCode(1)
    }
  }
}

/// A principal's access in a line.
private struct SurveyLine {
  let access: String
  let text: String

  init(_ object: [String: Any]) {
    access = object["access"] as? String ?? ""
    let principal = object["principal"] as? String ?? ""
    var parts: [String] = []
    for through in object["through"] as? [[String: String]] ?? [] {
      parts.append("\(through["layer"] ?? ""): \(through["policy"] ?? "")#\(through["statement"] ?? "")")
    }
    var text = "\(access.padding(toLength: 8, withPad: " ", startingAt: 0)) \(principal)"
    if access != "denied" {
      text += "  through " + (parts.isEmpty ? "being the root user" : parts.joined(separator: " and "))
    }
    let keys = object["dependsOn"] as? [String] ?? []
    if !keys.isEmpty { text += "  if \(keys.joined(separator: ", ")) fits" }
    self.text = text
  }
}

private func escaped(_ text: String) -> String {
  text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
}
