import NIOCore
import Synchronization

/// Asks a connection to finish what it does and close.
struct HTTPConnectionShouldClose: Sendable {}

/// The connections of one server, so that it can stop them and wait for them. State is guarded by a mutex.
///
/// A connection counts until its channel is closed and its responder has returned.
final class HTTPConnectionRegistry: Sendable {
  private struct State {
    var channels: [ObjectIdentifier: any Channel] = [:]
    var stopping = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  /// How many connections are open or still have a responder at work.
  var count: Int {
    state.withLock { $0.channels.count }
  }

  /// Adds a connection; false when the server is stopping and the connection should close.
  func add(_ channel: any Channel) -> Bool {
    state.withLock { state in
      state.channels[ObjectIdentifier(channel)] = channel
      return !state.stopping
    }
  }

  func remove(_ channel: any Channel) {
    let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
      state.channels[ObjectIdentifier(channel)] = nil
      guard state.channels.isEmpty else { return nil }
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }

  /// Asks all connections, and those that come later, to finish and close.
  func askAllToClose() {
    for channel in stop() {
      channel.pipeline.fireUserInboundEventTriggered(HTTPConnectionShouldClose())
    }
  }

  /// Closes all connections now.
  func closeAll() {
    for channel in stop() {
      channel.close(promise: nil)
    }
  }

  private func stop() -> [any Channel] {
    state.withLock { state in
      state.stopping = true
      return Array(state.channels.values)
    }
  }

  /// Returns when there is no connection left, or when the task is cancelled. For one caller at a time.
  func waitUntilEmpty() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let mustWait = state.withLock { state in
          guard !state.channels.isEmpty, !Task.isCancelled else { return false }
          state.waiter = continuation
          return true
        }
        if !mustWait { continuation.resume() }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        defer { state.waiter = nil }
        return state.waiter
      }
      waiter?.resume()
    }
  }
}
