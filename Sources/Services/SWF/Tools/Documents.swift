import Foundation
import Wire

extension FaultRule {
  /// Why a document is no rule.
  struct Unreadable: Error, CustomStringConvertible {
    let description: String
  }

  /// Reads a rule; members that it doesn't know are mistakes.
  init(_ document: JSONValue) throws(Unreadable) {
    guard case .object(let members) = document else { throw Unreadable(description: "a rule is an object") }
    for member in members where FaultRule.CodingKeys(stringValue: member.name) == nil {
      throw Unreadable(description: "a rule has no member \(member.name)")
    }
    do {
      self = try JSONDecoder().decode(FaultRule.self, from: Data(document.text.utf8))
    } catch let error as DecodingError {
      throw Unreadable(description: FaultRule.words(error))
    } catch {
      throw Unreadable(description: "a rule cannot be read: \(error)")
    }
  }

  private static func words(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, _): "a rule needs \(key.stringValue)"
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      "\(context.codingPath.map(\.stringValue).joined(separator: ".")) of a rule cannot be that value"
    @unknown default: "a rule cannot be read"
    }
  }

  /// The rule as JSON.
  var document: JSONValue {
    (try? JSONEncoder().encode(self)).flatMap { JSONValue(json: Array($0)) } ?? .object([])
  }
}

extension FaultPlan {
  /// The plan with its counters as JSON.
  var document: JSONValue {
    let rules = entries.map { entry -> JSONValue in
      var members = entry.rule.document.object ?? []
      members.sort { $0.name < $1.name }
      members.append(.init("matches", .integer(Int64(entry.matches))))
      members.append(.init("hits", .integer(Int64(entry.hits))))
      return .object(members)
    }
    return .object([.init("seed", .integer(Int64(bitPattern: seed))), .init("rules", .array(rules))])
  }
}

extension ReplaySession {
  /// How the replay stands, as JSON.
  var document: JSONValue {
    let state = isFinished ? "finished" : givenAt == nil ? "waiting" : "running"
    return .object([
      .init("id", .string(id)), .init("state", .string(state)), .init("domain", .string(place.domain)),
      .init("taskList", .string(place.taskList)), .init("tasks", .integer(Int64(tasks.count))),
      .init("answered", .integer(Int64(answered))), .init("differences", .array(differences.map(\.document))),
    ])
  }
}

extension DecisionComparison.Difference {
  /// The difference as JSON.
  var document: JSONValue {
    .object([
      .init("decisionTaskStartedEventId", .integer(Int64(startedEventID))),
      .init("decisionTaskCompletedEventId", .integer(Int64(completedEventID))),
      .init("position", .integer(Int64(position))), .init("eventId", eventID.map { .integer(Int64($0)) } ?? .null),
      .init("text", .string(text)), .init("recorded", recorded), .init("answered", answered),
    ])
  }
}
