import Crypto

/// Takes an `aws-chunked` body apart as its bytes come in, and verifies its signatures.
///
/// Pure and incremental: bytes may be split anywhere and the result is the same. Payload is handed on before its
/// chunk's signature is known, so whoever stores it must throw it away when a later call fails. Keeps no payload; at
/// most one line (4 KiB) and the trailers (16 KiB) are held.
///
/// Call `feed` for each piece received, then `finish` once. After an error every further call throws it again.
public struct ChunkedBodyDecoder: Sendable {
  private enum State: Sendable {
    /// Reading the line with a chunk's size.
    case size
    /// Reading a chunk's bytes.
    case data(left: UInt64, signature: String)
    /// Reading the line end after a chunk's bytes.
    case dataEnd
    /// Reading trailers.
    case trailers
    /// All has been read but the last line end, or all has been read.
    case end(isComplete: Bool)
    case failed(ChunkedBodyError)
  }

  private static let lineLimit = 4096
  private static let trailerLimit = 16_384
  private static let smallestChunk: UInt64 = 8192

  /// The trailers read so far, names in lower case; complete after `finish`. The signature isn't among them.
  public private(set) var trailers: [SignedRequest.Header] = []
  /// The number of payload bytes handed on so far.
  public private(set) var decodedCount: UInt64 = 0

  private let kind: ChunkedBodyKind
  private let decodedLength: UInt64?
  private let trailerNames: [String]
  private var signing: ChunkSigning
  private var state = State.size
  private var line: [UInt8] = []
  private var chunkHash = SHA256()
  private var chunkCount = 0
  /// The size of the chunk before, if it was too small to be followed by another.
  private var smallChunk: UInt64?
  private var trailerText: [UInt8] = []
  private var trailersVerified = false
  private var surplus = 0

  /// A decoder for one body.
  /// - Parameters:
  ///   - signing: the chain of signatures; not used when `kind` isn't signed.
  ///   - decodedLength: the value of `x-amz-decoded-content-length` in bytes; nil checks nothing.
  ///   - trailerNames: the names announced in `x-amz-trailer`; each must come, and no others may.
  public init(kind: ChunkedBodyKind, signing: ChunkSigning, decodedLength: UInt64?, trailerNames: [String] = []) {
    self.kind = kind
    self.signing = signing
    self.decodedLength = decodedLength
    self.trailerNames = trailerNames.map { $0.lowercased() }
  }

  /// Takes the next bytes; `payload` is called with each piece of decoded body, valid only during the call. O(n).
  public mutating func feed(
    _ bytes: UnsafeRawBufferPointer, payload: (UnsafeRawBufferPointer) -> Void
  ) throws(ChunkedBodyError) {
    do throws(ChunkedBodyError) {
      var index = 0
      while index < bytes.count {
        index = try step(bytes, index, payload)
      }
    } catch {
      state = .failed(error)
      throw error
    }
  }

  /// Takes the next bytes and returns the decoded ones.
  public mutating func feed(_ bytes: [UInt8]) throws(ChunkedBodyError) -> [UInt8] {
    var decoded: [UInt8] = []
    // A closure's typed throw is lost through withUnsafeBytes, so the failure travels as a result.
    let result = bytes.withUnsafeBytes { buffer -> Result<Void, ChunkedBodyError> in
      Result { () throws(ChunkedBodyError) in try feed(buffer) { decoded.append(contentsOf: $0) } }
    }
    try result.get()
    return decoded
  }

  /// Says that no more bytes come.
  /// - Throws: when the body isn't complete, isn't as long as announced, or an announced trailer is missing.
  public mutating func finish() throws(ChunkedBodyError) {
    do throws(ChunkedBodyError) {
      switch state {
      case .failed(let error): throw error
      case .end: break
      // The last line end may be missing: some clients leave it out, and nothing is lost with it.
      case .trailers where !line.isEmpty: try endTrailerLine()
      case .trailers: break
      case .size, .data, .dataEnd: throw .malformed
      }
      if kind == .signedTrailer, !trailersVerified { throw .malformedTrailer }
      if let decodedLength, decodedLength != decodedCount {
        throw .wrongLength(expected: decodedLength, received: decodedCount)
      }
      for name in trailerNames where !trailers.contains(where: { $0.name == name }) { throw .malformedTrailer }
      state = .end(isComplete: true)
    } catch {
      state = .failed(error)
      throw error
    }
  }

  private mutating func step(
    _ bytes: UnsafeRawBufferPointer, _ index: Int, _ payload: (UnsafeRawBufferPointer) -> Void
  ) throws(ChunkedBodyError) -> Int {
    switch state {
    case .failed(let error): throw error
    case .data(let left, let signature):
      let count = Int(min(left, UInt64(bytes.count - index)))
      let piece = UnsafeRawBufferPointer(rebasing: bytes[index..<(index + count)])
      if kind.isSigned { chunkHash.update(bufferPointer: piece) }
      decodedCount += UInt64(count)
      payload(piece)
      if UInt64(count) < left {
        state = .data(left: left - UInt64(count), signature: signature)
      } else {
        try endChunk(signature)
        state = .dataEnd
      }
      return index + count
    case .end(let isComplete):
      // After the end nothing but line ends may come.
      surplus += 1
      guard surplus <= 8, bytes[index] == 0x0D || bytes[index] == 0x0A else { throw .malformed }
      if !isComplete, bytes[index] == 0x0A { state = .end(isComplete: true) }
      return index + 1
    case .size, .dataEnd, .trailers:
      var end = index
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      line.append(contentsOf: bytes[index..<end])
      guard line.count <= Self.lineLimit else { throw .malformed }
      guard end < bytes.count else { return end }
      try endLine()
      line.removeAll(keepingCapacity: true)
      return end + 1
    }
  }

  private mutating func endLine() throws(ChunkedBodyError) {
    switch state {
    case .size:
      guard line.popLast() == 0x0D else { throw .malformed }
      try beginChunk()
    case .dataEnd:
      guard line == [0x0D] else { throw .malformed }
      state = .size
    case .trailers: try endTrailerLine()
    case .data, .end, .failed: throw .malformed
    }
  }

  private mutating func beginChunk() throws(ChunkedBodyError) {
    let semicolon = line.firstIndex(of: 0x3B) ?? line.endIndex
    let digits = line[..<semicolon]
    guard !digits.isEmpty, digits.count <= 16 else { throw .malformed }
    var size: UInt64 = 0
    for digit in digits {
      guard let value = ByteText.hexValue(digit) else { throw .malformed }
      size = size << 4 | UInt64(value)
    }
    let signature = try chunkSignature(line[semicolon...])
    chunkCount += 1
    guard size > 0 else {
      if kind.isSigned { try endChunk(signature) }
      state = kind.hasTrailers ? .trailers : .end(isComplete: false)
      return
    }
    if let smallChunk { throw .chunkTooSmall(chunk: chunkCount, byteCount: smallChunk) }
    if size < Self.smallestChunk { smallChunk = size }
    let (total, overflow) = decodedCount.addingReportingOverflow(size)
    if overflow { throw .malformed }
    if let decodedLength, total > decodedLength { throw .wrongLength(expected: decodedLength, received: total) }
    state = .data(left: size, signature: signature)
  }

  private func chunkSignature(_ extensions: ArraySlice<UInt8>) throws(ChunkedBodyError) -> String {
    guard kind.isSigned else { return "" }
    let name = Array(";chunk-signature=".utf8)
    guard extensions.starts(with: name) else { throw .malformed }
    return String(decoding: extensions.dropFirst(name.count), as: UTF8.self)
  }

  private mutating func endChunk(_ signature: String) throws(ChunkedBodyError) {
    guard kind.isSigned else { return }
    let digest = chunkHash.finalize()
    chunkHash = SHA256()
    try signing.verifyChunk(digest, signature: signature)
  }

  private mutating func endTrailerLine() throws(ChunkedBodyError) {
    while line.last == 0x0D { line.removeLast() }
    guard !line.isEmpty else {
      // AWS's own example writes an empty line before the trailers' signature; the end comes only after that.
      if kind == .unsignedTrailer || trailersVerified { state = .end(isComplete: true) }
      surplus += 1
      guard surplus <= 8 else { throw .malformedTrailer }
      return
    }
    guard let colon = line.firstIndex(of: 0x3A), !trailersVerified else { throw .malformedTrailer }
    let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
    let value = String(decoding: Self.trimmed(line[(colon + 1)...]), as: UTF8.self)
    if name == "x-amz-trailer-signature" {
      guard kind == .signedTrailer else { throw .malformedTrailer }
      try signing.verifyTrailers(Digests.sha256(trailerText), signature: value)
      trailersVerified = true
      return
    }
    guard trailerNames.contains(name), !trailers.contains(where: { $0.name == name }) else { throw .malformedTrailer }
    trailerText += Array("\(name):\(value)\n".utf8)
    guard trailerText.count <= Self.trailerLimit else { throw .malformedTrailer }
    trailers.append((name, value))
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text
    while let first = text.first, ByteText.isSpace(first) { text.removeFirst() }
    while let last = text.last, ByteText.isSpace(last) { text.removeLast() }
    return text
  }
}
