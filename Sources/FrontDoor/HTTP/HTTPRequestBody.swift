import NIOCore
import Synchronization

/// Who provides a body's bytes; told about the reader's needs from any thread.
protocol HTTPBodySource: Sendable {
  /// The body was asked for the first time: a client that waits for `100 Continue` may send now.
  func bodyWasAskedFor()
  /// So much was read that the source may go on after `append` had answered "pause".
  func bodyHasRoom()
}

/// A request's body as it arrives: either collected, or read once as a sequence of chunks with back-pressure.
///
/// At most about 512 KiB (``highWaterMark`` plus one socket read) wait in memory for the reader; beyond that the socket
/// is not read, and TCP slows the client. `100 Continue` is sent when the body is first asked for, so a request refused
/// by its headers costs the client no upload. There is one reader; state is guarded by a small mutex.
public final class HTTPRequestBody: AsyncSequence, Sendable {
  public typealias Element = ByteBuffer
  public typealias Failure = HTTPBodyError

  /// Buffered bytes at which the source pauses.
  static let highWaterMark = 512 << 10
  /// Buffered bytes below which a paused source is asked to go on.
  static let lowWaterMark = 128 << 10
  /// Chunks below this size are joined with the chunk before, so that tiny HTTP chunks do not cost a buffer each.
  private static let joinBelow = 1024

  private enum Ending {
    case complete
    case failed(HTTPBodyError)
  }

  private struct State {
    var chunks = CircularBuffer<ByteBuffer>()
    var buffered = 0
    var ending: Ending?
    var waiter: CheckedContinuation<Void, Never>?
    var asked = false
    var paused = false
  }

  private enum Step {
    case chunk(ByteBuffer, roomAgain: Bool)
    case end
    case failure(HTTPBodyError)
    case wait(firstAsk: Bool)
  }

  private let state: Mutex<State>
  private let source: (any HTTPBodySource)?
  /// The most bytes ``collect(upTo:)`` ever returns, whatever its caller allows.
  private let collectLimit: Int

  /// A body that the source fills.
  init(source: any HTTPBodySource, collectLimit: Int) {
    self.state = Mutex(State())
    self.source = source
    self.collectLimit = collectLimit
  }

  /// A complete body from memory.
  public init(bytes: [UInt8]) {
    var state = State()
    if !bytes.isEmpty {
      state.chunks.append(ByteBuffer(bytes: bytes))
      state.buffered = bytes.count
    }
    state.ending = .complete
    self.state = Mutex(state)
    self.source = nil
    self.collectLimit = .max
  }

  // MARK: the reader's side

  /// The whole body in memory.
  ///
  /// - Parameter limit: the most bytes accepted; the server's `maximumCollectedBody` holds besides.
  /// - Throws: `.tooLarge` as soon as more came, and whatever ended the body early.
  public func collect(upTo limit: Int) async throws(HTTPBodyError) -> [UInt8] {
    let limit = Swift.min(limit, collectLimit)
    var bytes: [UInt8] = []
    var iterator = makeAsyncIterator()
    while let chunk = try await iterator.next() {
      guard bytes.count + chunk.readableBytes <= limit else { throw .tooLarge(limit: limit) }
      bytes.append(contentsOf: chunk.readableBytesView)
    }
    return bytes
  }

  /// Reads the chunks that are left; no chunk is empty.
  public func makeAsyncIterator() -> Iterator {
    Iterator(body: self)
  }

  /// Reads a body chunk by chunk.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let body: HTTPRequestBody

    /// The next bytes, or nil after the last.
    public mutating func next() async throws(HTTPBodyError) -> ByteBuffer? {
      try await body.nextChunk()
    }

    /// The next bytes, or nil after the last.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(HTTPBodyError) -> ByteBuffer? {
      try await body.nextChunk(isolation: actor)
    }
  }

  private func nextChunk(isolation: isolated (any Actor)? = #isolation) async throws(HTTPBodyError) -> ByteBuffer? {
    while true {
      switch takeStep() {
      case .chunk(let chunk, let roomAgain):
        if roomAgain { source?.bodyHasRoom() }
        return chunk
      case .end:
        return nil
      case .failure(let error):
        throw error
      case .wait(let firstAsk):
        if firstAsk { source?.bodyWasAskedFor() }
        // Bytes that are already here are given even to a cancelled reader; only waiting ends by cancellation.
        if Task.isCancelled { throw .cancelled }
        await waitForChange()
      }
    }
  }

  private func takeStep() -> Step {
    state.withLock { state in
      let firstAsk = !state.asked
      state.asked = true
      if let chunk = state.chunks.popFirst() {
        state.buffered -= chunk.readableBytes
        let roomAgain = state.paused && state.buffered <= Self.lowWaterMark
        if roomAgain { state.paused = false }
        return .chunk(chunk, roomAgain: roomAgain)
      }
      switch state.ending {
      case .complete: return .end
      case .failed(let error): return .failure(error)
      case nil:
        return state.waiter == nil ? .wait(firstAsk: firstAsk) : .failure(.readTwice)
      }
    }
  }

  private func waitForChange(isolation: isolated (any Actor)? = #isolation) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let mustWait = state.withLock { state in
          // A second reader is not parked over the first one: it looks again and is told `readTwice`.
          guard state.chunks.isEmpty, state.ending == nil, state.waiter == nil, !Task.isCancelled else { return false }
          state.waiter = continuation
          return true
        }
        if !mustWait { continuation.resume() }
      }
    } onCancel: {
      wake()
    }
  }

  private func wake() {
    let waiter = state.withLock { state in
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }

  // MARK: the source's side

  /// Adds bytes as they arrive; answers whether the source should pause until `bodyHasRoom`.
  func append(_ chunk: ByteBuffer) -> Bool {
    guard chunk.readableBytes > 0 else { return false }
    let (waiter, pause) = state.withLock { state -> (CheckedContinuation<Void, Never>?, Bool) in
      guard state.ending == nil else { return (nil, false) }
      state.buffered += chunk.readableBytes
      if chunk.readableBytes < Self.joinBelow, let last = state.chunks.indices.last,
        state.chunks[last].readableBytes < 16 * Self.joinBelow
      {
        state.chunks[last].writeImmutableBuffer(chunk)
      } else {
        state.chunks.append(chunk)
      }
      if state.buffered >= Self.highWaterMark { state.paused = true }
      defer { state.waiter = nil }
      return (state.waiter, state.paused)
    }
    waiter?.resume()
    return pause
  }

  /// Says that the last byte has come.
  func complete() {
    end(.complete)
  }

  /// Says that the rest will never come; what is buffered can still be read. Without effect on an ended body.
  func fail(_ error: HTTPBodyError) {
    end(.failed(error))
  }

  private func end(_ ending: Ending) {
    let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard state.ending == nil else { return nil }
      state.ending = ending
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }

  /// Drops what is buffered: nobody will read it. Later bytes are dropped by the source itself.
  func discard() {
    state.withLock { state in
      state.chunks.removeAll()
      state.buffered = 0
      state.paused = false
    }
  }
}
