import Checksums
import Wire

/// Bytes that a handler must read and that are too many for the store's thread: they are read between two runs of it.
///
/// A handler that needs the digests or a copy of many bytes asks here, and the first time throws the error that it gets. Its
/// transaction is taken back, the bytes are read elsewhere while other requests go on, and it is run again: now the result is
/// there, if it still wants the same. Handlers may be run more than once, so that nothing else has to know.
public final class ByteGathering: @unchecked Sendable {  // one transaction has it, or one task
  /// What is to be read.
  public struct Wanted: Sendable {
    /// Names the bytes and what is done with them: a result counts only for the same name.
    public var name: String
    public var pieces: [ResponseBody.Piece]
    public var algorithms: [ChecksumAlgorithm]
    /// Where a copy goes; nothing if only the digests are wanted.
    public var writer: BlobWriter?

    public init(
      name: String, pieces: [ResponseBody.Piece], algorithms: [ChecksumAlgorithm], writer: BlobWriter? = nil
    ) {
      self.name = name
      self.pieces = pieces
      self.algorithms = algorithms
      self.writer = writer
    }
  }

  /// What came of it.
  public struct Gathered: Sendable {
    public var digests: [ChecksumAlgorithm: [UInt8]]
    /// The copy, finished.
    public var writer: BlobWriter?
  }

  private var wanted: Wanted?
  private var results: [String: Gathered] = [:]

  public init() {}

  /// What has been read under a name.
  public func result(_ name: String) -> Gathered? { results[name] }

  /// Asks for bytes.
  /// - Returns: the error that ends this run of the handler.
  public func want(_ wanted: Wanted) -> AWSError {
    self.wanted = wanted
    return .internalFailure("Bytes must be read first.")
  }

  /// Whether the handler's run ended because it asks for bytes.
  public var isWanting: Bool { wanted != nil }

  /// Reads what was asked for, a little at a time and away from the threads of the connections.
  public func gather() async throws(AWSError) {
    guard let wanted else { return }
    self.wanted = nil
    let outcome = await withTaskExecutorPreference(globalConcurrentExecutor) {
      await ByteGathering.gathered(wanted)
    }
    results[wanted.name] = try outcome.get()
  }

  private static func gathered(_ wanted: Wanted) async -> Result<Gathered, AWSError> {
    var reading = Reading(wanted)
    do throws(AWSError) {
      while try reading.step() { await Task.yield() }
      return .success(try reading.finish())
    } catch {
      return .failure(error)
    }
  }

  /// Reads at once, for few bytes.
  public static func read(_ wanted: Wanted) throws(AWSError) -> Gathered {
    var reading = Reading(wanted)
    while try reading.step() {}
    return try reading.finish()
  }

  private struct Reading {
    private static let size: Int64 = 512 << 10

    let wanted: Wanted
    var running: [RunningChecksum]
    var piece = 0
    var done: Int64 = 0

    init(_ wanted: Wanted) {
      self.wanted = wanted
      running = wanted.algorithms.map { RunningChecksum($0) }
    }

    /// Reads a little.
    /// - Returns: whether there is more.
    mutating func step() throws(AWSError) -> Bool {
      guard piece < wanted.pieces.count else { return false }
      let present = wanted.pieces[piece]
      let count = min(Reading.size, present.count - done)
      if count > 0 {
        let bytes = try present.reader.read(present.offset + done, Int(count))
        for index in running.indices { running[index].update(bytes) }
        if let writer = wanted.writer { try writer.write(bytes) }
        done += count
      }
      if done >= present.count {
        piece += 1
        done = 0
      }
      return piece < wanted.pieces.count
    }

    func finish() throws(AWSError) -> Gathered {
      if let writer = wanted.writer { try writer.finish() }
      return Gathered(
        digests: Dictionary(running.map { ($0.algorithm, $0.finalize()) }, uniquingKeysWith: { first, _ in first }),
        writer: wanted.writer)
    }
  }
}
