import Synchronization
import Wire

/// What the answer of a poll that found no task says of a token.
public enum EmptyPollToken: String, Sendable, CaseIterable {
  /// Nothing, as in answers recorded from AWS. AWS Flow for Java takes the absence for the empty answer.
  case omit
  /// That it is empty, as the API reference says. Clients that read the token without looking need it.
  case empty
}

/// The answers of polls that found no task in their minute.
enum EmptyPolls {
  /// The process has one setting, as it has one definition of the service.
  private static let hasToken = Atomic(false)

  static func configure(_ token: EmptyPollToken) { hasToken.store(token == .empty, ordering: .relaxed) }

  /// PollForDecisionTask's: `{"previousStartedEventId":0,"startedEventId":0}`.
  static var decision: StructureValue {
    var value = answer(DecisionTask(.empty).structureValue.members.count, startedEventID: 1)
    value.set(6, integer: 0)
    return value
  }

  /// PollForActivityTask's: `{"startedEventId":0}`.
  static var activity: StructureValue { answer(ActivityTask(.empty).structureValue.members.count, startedEventID: 2) }

  private static func answer(_ members: Int, startedEventID: Int) -> StructureValue {
    var value = StructureValue(count: members)
    if hasToken.load(ordering: .relaxed) { value.set(0, string: "") }
    value.set(startedEventID, integer: 0)
    return value
  }
}
