import Checksums
import Cloud
import Foundation
import Wire

/// A stretch of a blob. Copies share blobs, so that an object's bytes may be a part of somebody else's.
struct Extent: Sendable, Equatable, Codable {
  var blob: BlobID
  var offset: Int64
  var count: Int64
  /// The blob's key, for blobs that are encrypted: wrapped with the object's data key, or bare if the object has none.
  var seal: Data?
}

/// One part of an object: the whole of it, unless it was uploaded in several.
struct ObjectPiece: Sendable, Equatable {
  var number: Int
  var size: Int64
  /// The part's checksum in base64, of the object's algorithm.
  var checksum: String?
  var extents: [Extent]
}

/// An object's checksum as it is shown.
struct ObjectChecksum: Sendable, Equatable {
  var algorithm: DigestAlgorithm
  var type: DigestType
  /// Base64; of a composite checksum with `-` and the number of parts behind it.
  var value: String
}

/// A tag of an object or a bucket.
struct TagPair: Sendable, Equatable, Codable {
  var key: String
  var value: String
}

/// What a writer says about an object besides its bytes.
struct ObjectHeaders: Sendable, Equatable, Codable {
  var contentType: String?
  var cacheControl: String?
  var contentDisposition: String?
  var contentEncoding: String?
  var contentLanguage: String?
  var expires: String?
  var redirect: String?
  /// User metadata, names in lower case.
  var metadata: [String: String] = [:]

  /// The standard headers in the order in which they are stored.
  private static let fields: [WritableKeyPath<ObjectHeaders, String?> & Sendable] = [
    \.contentType, \.cacheControl, \.contentDisposition, \.contentEncoding, \.contentLanguage, \.expires, \.redirect,
  ]

  func write(to encoder: inout ByteEncoder) {
    var present: UInt64 = 0
    for (index, field) in ObjectHeaders.fields.enumerated() where self[keyPath: field] != nil {
      present |= 1 << UInt64(index)
    }
    encoder.write(present)
    for field in ObjectHeaders.fields { if let value = self[keyPath: field] { encoder.write(value) } }
    encoder.write(metadata.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  static func read(_ decoder: inout ByteDecoder) throws -> ObjectHeaders {
    var headers = ObjectHeaders()
    let present = try decoder.number()
    for (index, field) in fields.enumerated() where present & (1 << UInt64(index)) != 0 {
      headers[keyPath: field] = try decoder.string()
    }
    for (name, value) in try decoder.pairs() { headers.metadata[name] = value }
    return headers
  }
}

/// The present version of an object; older versions and delete markers are ``VersionRecord``s.
///
/// Written by hand, not as JSON: it is read and written by every request for an object.
struct ObjectRecord: Record, Equatable {
  static let kind = "s3.object"

  var bucket: String
  var name: String
  var modified: Timestamp
  var size: Int64 = 0
  /// Without quotation marks.
  var etag: String
  /// Nothing in a bucket without versions: the version that S3 calls `null`.
  var versionID: String?
  /// Places versions of a key in time: greater is newer.
  var order: Int64 = 0
  var isDeleteMarker = false
  var headers = ObjectHeaders()
  /// Nothing is STANDARD.
  var storageClass: String?
  var tags: [TagPair] = []
  var checksum: ObjectChecksum?
  /// Whether it was uploaded in parts; then its parts can be asked for.
  var isMultipart = false
  var pieces: [ObjectPiece] = []
  var protection = ObjectProtection.none

  var key: Key { ObjectRecord.key(bucket, name) }

  static func key(_ bucket: String, _ name: String) -> Key { Key(.string(bucket), .string(name)) }

  var quotedETag: String { "\"\(etag)\"" }
  var shownVersionID: String { versionID ?? "null" }
  var shownStorageClass: String { storageClass ?? "STANDARD" }
  var tagDictionary: [String: String] {
    Dictionary(tags.map { ($0.key, $0.value) }, uniquingKeysWith: { _, last in last })
  }

  /// Whether the stored form has a part for what protects the object.
  private var isProtected: Bool {
    protection != .none || pieces.contains { $0.extents.contains { $0.seal != nil } }
  }

  func encoded() throws -> Data {
    let isProtected = isProtected
    var encoder = ByteEncoder(capacity: 160 + bucket.utf8.count + name.utf8.count)
    encoder.write(UInt64(1))
    encoder.write(bucket)
    encoder.write(name)
    encoder.write(modified.milliseconds)
    encoder.write(size)
    encoder.write(etag)
    encoder.write(versionID)
    encoder.write(order)
    encoder.write(UInt64((isDeleteMarker ? 1 : 0) | (isMultipart ? 2 : 0) | (isProtected ? 4 : 0)))
    headers.write(to: &encoder)
    encoder.write(storageClass)
    encoder.write(tags.map { ($0.key, $0.value) })
    encoder.write(checksum?.algorithm.rawValue)
    if let checksum {
      encoder.write(checksum.type.rawValue)
      encoder.write(checksum.value)
    }
    ObjectPiece.write(pieces, isProtected: isProtected, to: &encoder)
    if isProtected { protection.write(to: &encoder) }
    return Data(encoder.bytes)
  }

  init(encoded: Data) throws {
    var decoder = ByteDecoder(Array(encoded))
    guard try decoder.number() == 1 else { throw ByteDecoder.Malformed() }
    bucket = try decoder.string()
    name = try decoder.string()
    modified = Timestamp(milliseconds: try decoder.integer())
    size = try decoder.integer()
    etag = try decoder.string()
    versionID = try decoder.optionalString()
    order = try decoder.integer()
    let flags = try decoder.number()
    isDeleteMarker = flags & 1 != 0
    isMultipart = flags & 2 != 0
    headers = try ObjectHeaders.read(&decoder)
    storageClass = try decoder.optionalString()
    tags = try decoder.pairs().map { TagPair(key: $0.0, value: $0.1) }
    if let name = try decoder.optionalString() {
      guard let algorithm = DigestAlgorithm(rawValue: name), let type = DigestType(rawValue: try decoder.string())
      else { throw ByteDecoder.Malformed() }
      checksum = ObjectChecksum(algorithm: algorithm, type: type, value: try decoder.string())
    }
    pieces = try ObjectPiece.readAll(&decoder, isProtected: flags & 4 != 0)
    if flags & 4 != 0 { protection = try ObjectProtection.read(&decoder) }
  }

  init(bucket: String, name: String, modified: Timestamp, etag: String) {
    self.bucket = bucket
    self.name = name
    self.modified = modified
    self.etag = etag
  }

  // The store uses the compact form; these are its text form, required of every record.
  init(from decoder: any Decoder) throws {
    self = try ObjectRecord(encoded: try decoder.singleValueContainer().decode(Data.self))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(try encoded())
  }
}

extension ObjectPiece {
  /// - Parameter isProtected: whether extents come with their seals.
  static func write(_ pieces: [ObjectPiece], isProtected: Bool, to encoder: inout ByteEncoder) {
    encoder.write(UInt64(pieces.count))
    for piece in pieces {
      encoder.write(UInt64(max(0, piece.number)))
      encoder.write(piece.size)
      encoder.write(piece.checksum)
      encoder.write(UInt64(piece.extents.count))
      for extent in piece.extents {
        encoder.write(extent.blob.description)
        encoder.write(extent.offset)
        encoder.write(extent.count)
        if isProtected { encoder.write([UInt8](extent.seal ?? Data())) }
      }
    }
  }

  static func readAll(_ decoder: inout ByteDecoder, isProtected: Bool) throws -> [ObjectPiece] {
    var pieces: [ObjectPiece] = []
    for _ in 0..<(try decoder.count()) {
      let number = Int(clamping: try decoder.integer())
      let size = try decoder.integer()
      let checksum = try decoder.optionalString()
      var extents: [Extent] = []
      for _ in 0..<(try decoder.count()) {
        var extent = Extent(
          blob: try decoder.blobID(), offset: try decoder.integer(), count: try decoder.integer())
        if isProtected {
          let seal = try decoder.byteString()
          if !seal.isEmpty { extent.seal = Data(seal) }
        }
        extents.append(extent)
      }
      pieces.append(ObjectPiece(number: number, size: size, checksum: checksum, extents: extents))
    }
    return pieces
  }
}

/// A version of an object that is not the present one, or a delete marker. Newest first within a key.
struct VersionRecord: Record {
  static let kind = "s3.version"

  var object: ObjectRecord

  var key: Key { VersionRecord.key(object.bucket, object.name, object.order) }

  static func key(_ bucket: String, _ name: String, _ order: Int64) -> Key {
    Key(.string(bucket), .string(name), .integer(-order))
  }

  init(_ object: ObjectRecord) { self.object = object }
  init(encoded: Data) throws { object = try ObjectRecord(encoded: encoded) }
  func encoded() throws -> Data { try object.encoded() }
}
