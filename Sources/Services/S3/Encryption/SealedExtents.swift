import Cloud
import Foundation
import Wire

/// Bytes of encrypted objects on their way in and out of blobs.
///
/// Each blob is encrypted with a key of its own, and that key is kept beside the extent: wrapped with the object's data key,
/// or bare for an object that only S3's own keys protect. So a copy within an account gets another data key without a byte
/// being touched, as S3's UpdateObjectEncryption does it.
extension Transaction {
  /// The stretch that a received body is, made part of the bucket owner's cloud.
  /// - Parameter key: the data key of the object; nothing if it is not encrypted.
  func adopted(_ body: ReceivedBody, for bucket: BucketRecord, _ key: DataKey?) throws(AWSError) -> [Extent] {
    guard let key else {
      guard let blobKey = body.blob.key else { return try adopted(body, for: bucket) }
      // Its bucket stopped encrypting while it came.
      var extents = try adopted(body, for: bucket)
      extents[0].seal = Data(blobKey.bytes)
      return extents
    }
    guard body.blob.key == nil else { return [try adopted(body.blob, for: bucket, key)] }
    let writer = blobs.create(for: bucket.owner, key: try blobs.newKey())
    let reader = try body.blob.reader()
    var offset: Int64 = 0
    while offset < body.size {
      let bytes = try reader.read(offset, Int(min(1 << 20, body.size - offset)))
      try writer.write(bytes)
      offset += Int64(bytes.count)
    }
    try writer.finish()
    // Small bodies come before anybody can say that they must be encrypted: those of more than 16 KiB have been in a file.
    body.blob.discard()
    return [try adopted(writer, for: bucket, key)]
  }

  /// The stretch that a sealed blob is; its key is wrapped with the data key, or kept bare if there is none.
  func adopted(_ writer: BlobWriter, for bucket: BucketRecord, _ key: DataKey?) throws(AWSError) -> Extent {
    try adopt(writer, for: bucket.owner)
    var extent = Extent(blob: writer.id, offset: 0, count: writer.size)
    if let blobKey = writer.key { extent.seal = try key?.wrap(blobKey.bytes) ?? Data(blobKey.bytes) }
    return extent
  }

  /// Opens a stretch's blob for reading.
  func open(_ extent: Extent, _ key: DataKey?) throws(AWSError) -> BlobReader {
    let reader = try read(extent.blob)
    guard let blobKey = try extent.blobKey(key) else { return reader }
    return try reader.opened(with: try BlobKey(blobKey))
  }
}

extension Extent {
  /// The key of the blob, if it is sealed.
  func blobKey(_ key: DataKey?) throws(AWSError) -> [UInt8]? {
    guard let seal else { return nil }
    return try key?.unwrap(seal) ?? Array(seal)
  }

  /// The same stretch under another data key.
  func rewrapped(from old: DataKey?, to new: DataKey?) throws(AWSError) -> Extent {
    guard let blobKey = try blobKey(old) else { return self }
    var extent = self
    extent.seal = try new?.wrap(blobKey) ?? Data(blobKey)
    return extent
  }
}
