/// The state of a FIFO queue's message group: which messages of it are in flight, and when the next may be received.
///
/// Pure: it knows neither the store nor the clock. The rule is AWS's: messages of a group are received in order, and while
/// any of them is in flight the group gives no more; when all in flight were deleted or became visible again, the group
/// goes on with its oldest message. All times are milliseconds since 1970.
struct MessageGroup: Sendable, Hashable, Codable {
  /// A message that was received and not yet deleted.
  struct Flight: Sendable, Hashable, Codable {
    var number: Int64
    /// When it becomes visible again.
    var visibleAt: Int64
  }

  /// The oldest message of the group, in flight or not.
  struct Head: Sendable, Hashable, Codable {
    var number: Int64
    var sentAt: Int64
  }

  var head: Head
  private(set) var flights: [Flight] = []

  init(head: Head, flights: [Flight] = []) {
    self.head = head
    self.flights = flights
  }

  /// When the group can be received from.
  /// - Parameter delay: the queue's delay in milliseconds, which in FIFO queues holds for messages already sent too.
  func readyAt(delay: Int64) -> Int64 { flights.map(\.visibleAt).max() ?? head.sentAt + delay }

  /// Whether messages of it are in flight at `now`.
  func isBlocked(at now: Int64) -> Bool { flights.contains { $0.visibleAt > now } }

  /// How many of its messages are in flight at `now`.
  func flightCount(at now: Int64) -> Int { flights.count { $0.visibleAt > now } }

  /// Whether a message is in flight at `now`.
  func isInFlight(_ number: Int64, at now: Int64) -> Bool {
    flights.contains { $0.number == number && $0.visibleAt > now }
  }

  /// Begins a receive from a group that is ready: whatever was in flight has come back.
  mutating func beginReceive() { flights = [] }

  /// A message was received and is hidden until `visibleAt`.
  mutating func received(_ number: Int64, until visibleAt: Int64) {
    flights.append(Flight(number: number, visibleAt: visibleAt))
  }

  /// A message's visibility was changed while it was in flight.
  mutating func change(_ number: Int64, until visibleAt: Int64) {
    guard let index = flights.firstIndex(where: { $0.number == number }) else { return }
    flights[index].visibleAt = visibleAt
  }

  /// A message was deleted.
  mutating func removed(_ number: Int64) { flights.removeAll { $0.number == number } }
}
