import Cloud
import Synchronization
import Wire

/// The histories that somebody looks at, read once and then only as far as they have grown.
///
/// State: a few histories in a `Mutex`, the one that was not looked at for longest making room.
final class HistoryShelf: Sendable {
  /// Which run, of which account.
  struct Name: Sendable, Hashable {
    var account: AccountID
    var region: Region
    var domain: String
    var execution: Timeline.ExecutionID
  }

  /// A history as far as it was read.
  struct History: Sendable {
    var timeline = Timeline()
    /// Each event as JSON text, which takes a tenth of the room of its values.
    var events: [String] = []

    /// Puts the next events in.
    mutating func append(_ json: [JSONValue]) {
      for value in json {
        guard let event = HistoryEvent(value), event.id == events.count + 1 else { continue }
        events.append(value.text)
        timeline.append(event)
      }
    }
  }

  private struct Shelf {
    var histories: [Name: History] = [:]
    /// Names by when they were last looked at, the latest last.
    var order: [Name] = []
  }

  private let shelf = Mutex(Shelf())
  private let capacity: Int

  init(capacity: Int = 8) { self.capacity = capacity }

  /// What was read of a history; an empty one if nothing was.
  func history(_ name: Name) -> History { shelf.withLock { $0.histories[name] } ?? History() }

  /// Keeps a history, unless somebody else has read further meanwhile.
  func keep(_ history: History, as name: Name) {
    shelf.withLock { shelf in
      if let present = shelf.histories[name], present.events.count > history.events.count { return }
      shelf.histories[name] = history
      shelf.order.removeAll { $0 == name }
      shelf.order.append(name)
      while shelf.order.count > capacity { shelf.histories[shelf.order.removeFirst()] = nil }
    }
  }

  /// Forgets a history that isn't there any more.
  func forget(_ name: Name) {
    shelf.withLock { shelf in
      shelf.histories[name] = nil
      shelf.order.removeAll { $0 == name }
    }
  }
}
