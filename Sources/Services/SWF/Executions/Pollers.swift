import Cloud
import Synchronization
import Wire

/// Who waits for tasks, for those who ask why a workflow does not go on.
public enum SWFPollers {
  /// Which tasks a list has; lists of both kinds may have the same name.
  public enum Kind: Sendable {
    case decision
    case activity
  }

  /// What the polls of a list wait for: the number of handlers that wait on it is the number of pollers.
  public static func topic(_ kind: Kind, domain: String, list: String, in scope: Scope) -> Topic {
    switch kind {
    case .decision: TaskTopic.decisions(list, of: domain, in: scope)
    case .activity: TaskTopic.activities(list, of: domain, in: scope)
    }
  }

  /// When a list was polled last since the server started; nothing if it never was.
  public static func lastPoll(_ kind: Kind, domain: String, list: String, in scope: Scope) -> Timestamp? {
    polls.withLock { $0[topic(kind, domain: domain, list: list, in: scope)] }
  }

  /// The last poll of each list, in memory: a fact about clients, not about workflows. State: in a `Mutex`, held for one look.
  private static let polls = Mutex<[Topic: Timestamp]>([:])
  /// So many lists are remembered; clients that make up new ones for each run leave many behind.
  private static let limit = 10_000

  static func note(_ topic: Topic, at now: Timestamp) {
    polls.withLock { polls in
      if polls.count >= limit, polls[topic] == nil { polls.removeAll() }
      polls[topic] = now
    }
  }
}
