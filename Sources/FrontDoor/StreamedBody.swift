import Checksums
import Cloud
import Foundation
import NIOCore
import SigV4
import Wire

/// Streamed bodies: in, through chunk signatures and digests into a blob; and out, from pieces of files.
enum StreamedBody {
  /// Takes a request's body in.
  /// - Parameters:
  ///   - isSealed: whether the bytes are encrypted with a key of their own.
  ///   - signature: the verified signature, for bodies that come in signed chunks.
  static func receive(
    _ request: HTTPRequest, into blobs: Blobs, for account: AccountID, isSealed: Bool = false,
    as signature: VerifiedSignature?
  ) async throws(AWSError) -> ReceivedBody {
    var receiver = BodyReceiver(request, into: blobs, for: account, key: isSealed ? try blobs.newKey() : nil)
    var decoder = try chunkDecoder(request, signature)
    var iterator = request.body.makeAsyncIterator()
    while true {
      let chunk: ByteBuffer?
      do throws(HTTPBodyError) { chunk = try await iterator.next() } catch { throw failure(error) }
      guard let chunk else { break }
      // A closure's typed throw is lost through withUnsafeReadableBytes, so the failure travels as a result.
      let result = chunk.withUnsafeReadableBytes { bytes -> Result<Void, AWSError> in
        Result { () throws(AWSError) in try take(bytes, &decoder, &receiver) }
      }
      try result.get()
    }
    if let length = request.contentLength, decoder == nil, receiver.size != Int64(length) {
      throw failure(.disconnected)
    }
    guard var ended = decoder else { return try receiver.finish(trailers: [:]) }
    do throws(ChunkedBodyError) { try ended.finish() } catch { throw AWSError(error.error) }
    let trailers = ended.trailers.map { ($0.name, $0.value) }
    return try receiver.finish(trailers: Dictionary(trailers, uniquingKeysWith: { first, _ in first }))
  }

  /// Takes the body of a call from inside in.
  static func receive(_ bytes: [UInt8], into blobs: Blobs, for account: AccountID) throws(AWSError) -> ReceivedBody {
    // The digests that a request from outside has when its headers name none.
    var receiver = BodyReceiver([.md5, .crc64nvme], into: blobs, for: account)
    // A closure's typed throw is lost through withUnsafeBytes, so the failure travels as a result.
    let result = bytes.withUnsafeBytes { buffer in Result { () throws(AWSError) in try receiver.receive(buffer) } }
    try result.get()
    return try receiver.finish(trailers: [:])
  }

  private static func take(
    _ bytes: UnsafeRawBufferPointer, _ decoder: inout ChunkedBodyDecoder?, _ receiver: inout BodyReceiver
  ) throws(AWSError) {
    guard decoder != nil else { return try receiver.receive(bytes) }
    var problem: AWSError?
    do throws(ChunkedBodyError) {
      try decoder?.feed(bytes) { piece in
        guard problem == nil else { return }
        do throws(AWSError) { try receiver.receive(piece) } catch { problem = error }
      }
    } catch {
      throw AWSError(error.error)
    }
    if let problem { throw problem }
  }

  private static func chunkDecoder(
    _ request: HTTPRequest, _ signature: VerifiedSignature?
  ) throws(AWSError) -> ChunkedBodyDecoder? {
    let length = request.first("x-amz-decoded-content-length").flatMap { UInt64($0) }
    let names = request.all("x-amz-trailer").flatMap { $0.split(separator: ",") }.map { $0.trimmingSpaces.lowercased() }
    if let decoder = signature?.chunkedBodyDecoder(decodedLength: length, trailerNames: names) { return decoder }
    guard let kind = request.first("x-amz-content-sha256").flatMap({ ChunkedBodyKind(rawValue: $0) }) else {
      return nil
    }
    // An unsigned request may come in chunks too, as long as these claim no signatures.
    guard !kind.isSigned else { throw AWSError(AuthenticationFailure.missingToken.error(for: .s3)) }
    let unused = ChunkSigning(
      key: SigningKey(secret: "", date: "", region: "", service: ""), accessKeyID: "", time: "", scope: "",
      seedSignature: "")
    return ChunkedBodyDecoder(kind: kind, signing: unused, decodedLength: length, trailerNames: names)
  }

  /// Whether the body is not the one that was signed.
  static func mismatch(_ body: ReceivedBody, _ signature: VerifiedSignature) -> AWSError? {
    guard let digest = body.digests[ChecksumAlgorithm.sha256.rawValue] else { return nil }
    return signature.check(payloadSHA256: digest).map { AWSError($0.error(for: .s3)) }
  }

  /// What a body that did not come whole means.
  static func failure(_ error: HTTPBodyError) -> AWSError {
    switch error {
    case .tooLarge(let limit):
      AWSError("RequestEntityTooLarge", "The request is larger than \(limit) bytes.", status: 413)
    case .timedOut:
      AWSError(
        "RequestTimeout",
        "Your socket connection to the server was not read from or written to within the timeout period. "
          + "Idle connections will be closed.", status: 400)
    case .cancelled: .requestCancelled()
    default:
      AWSError(
        "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header",
        status: 400)
    }
  }

  /// Below this size a piece is read at once; above, it goes to the socket without passing through memory.
  private static let smallPiece: Int64 = 64 << 10
  private static let bufferSize = 256 << 10

  /// The body of an answer.
  static func response(_ body: ResponseBody) throws(AWSError) -> HTTPResponse.Body {
    guard let first = body.pieces.first else { return .empty }
    if body.pieces.count > 1 { return .stream(stream(body)) }
    if first.reader.descriptor == nil, first.count > smallPiece { return .stream(stream(body)) }
    guard let descriptor = first.reader.descriptor, first.count > smallPiece else {
      return .bytes(try first.reader.read(first.offset, Int(first.count)))
    }
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw .internalFailure("The data cannot be read.") }
    do throws(HTTPFileBody.Failure) {
      return .file(try HTTPFileBody(takingOwnershipOf: copy, offset: Int(first.offset), length: Int(first.count)))
    } catch {
      throw .internalFailure("The data cannot be read: \(error)")
    }
  }

  private static func stream(_ body: ResponseBody) -> HTTPBodyStream {
    HTTPBodyStream(length: Int(body.count)) { writer in
      for piece in body.pieces {
        var done: Int64 = 0
        while done < piece.count {
          let bytes = try piece.reader.read(piece.offset + done, Int(min(piece.count - done, Int64(bufferSize))))
          try await writer.write(ByteBuffer(bytes: bytes))
          done += Int64(bytes.count)
        }
      }
    }
  }
}
