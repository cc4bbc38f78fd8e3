import Cloud
import Synchronization
import Wire

/// The replays that are going on. They are in memory: a restart ends them.
///
/// State: the sessions in a `Mutex`, held while a task is given or an answer compared.
final class ReplaySessions: Sendable {
  /// The process has one, as it has one definition of the service.
  static let shared = ReplaySessions()

  private let sessions = Mutex<[ReplaySession]>([])
  private let count = Atomic<Int>(0)

  /// So many are kept; beyond that the oldest goes.
  private static let limit = 64

  var isActive: Bool { count.load(ordering: .acquiring) > 0 }

  /// Begins a session; one on the same list ends.
  func begin(_ session: ReplaySession) {
    sessions.withLock { sessions in
      sessions.removeAll { $0.place == session.place }
      if sessions.count >= ReplaySessions.limit { sessions.removeFirst() }
      sessions.append(session)
      count.store(sessions.count, ordering: .releasing)
    }
  }

  /// Ends a session; says whether there was one.
  func end(_ id: String) -> Bool {
    sessions.withLock { sessions in
      let before = sessions.count
      sessions.removeAll { $0.id == id }
      count.store(sessions.count, ordering: .releasing)
      return sessions.count < before
    }
  }

  func endAll() {
    sessions.withLock { sessions in
      sessions.removeAll()
      count.store(0, ordering: .releasing)
    }
  }

  func session(_ id: String) -> ReplaySession? { sessions.withLock { $0.first { $0.id == id } } }

  /// The unfinished session of a list, changed by `body`.
  func at<Result>(
    _ place: ReplaySession.Place, _ body: (inout ReplaySession) -> Result
  ) -> Result? {
    sessions.withLock { sessions in
      guard let index = sessions.firstIndex(where: { $0.place == place && !$0.isFinished }) else { return nil }
      return body(&sessions[index])
    }
  }

  /// A session, changed by `body`.
  func with<Result>(_ id: String, _ body: (inout ReplaySession) -> Result) -> Result? {
    sessions.withLock { sessions in
      guard let index = sessions.firstIndex(where: { $0.id == id }) else { return nil }
      return body(&sessions[index])
    }
  }
}
