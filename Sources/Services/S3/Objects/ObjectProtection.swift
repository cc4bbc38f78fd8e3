import Cloud
import Foundation
import Wire

/// What protects an object beyond what every object has: encryption, locks, an owner of its own, and grants.
///
/// Most objects have none of it, and their records no byte of it.
struct ObjectProtection: Sendable, Equatable {
  /// Nothing stands for S3's own keys.
  var encryption: ObjectEncryption?
  var lock = ObjectLock()
  /// Nothing stands for the bucket's owner.
  var owner: ObjectOwner?
  /// The access control list; nothing stands for the owner's full control.
  var grants: [ACLGrant]?

  static let none = ObjectProtection()

  private static let hasEncryption: UInt64 = 1
  private static let hasRetention: UInt64 = 2
  private static let hasLegalHold: UInt64 = 4
  private static let isLegalHoldOn: UInt64 = 8
  private static let hasOwner: UInt64 = 16
  private static let hasGrants: UInt64 = 32
  private static let usesBucketKey: UInt64 = 64

  func write(to encoder: inout ByteEncoder) {
    var flags: UInt64 = 0
    if encryption != nil { flags |= ObjectProtection.hasEncryption }
    if encryption?.usesBucketKey == true { flags |= ObjectProtection.usesBucketKey }
    if lock.retention != nil { flags |= ObjectProtection.hasRetention }
    if let isOn = lock.legalHold {
      flags |= ObjectProtection.hasLegalHold | (isOn ? ObjectProtection.isLegalHoldOn : 0)
    }
    if owner != nil { flags |= ObjectProtection.hasOwner }
    if grants != nil { flags |= ObjectProtection.hasGrants }
    encoder.write(flags)
    if let encryption {
      encoder.write(encryption.kind.rawValue)
      encoder.write(encryption.keyARN)
      encoder.write([UInt8](encryption.dataKey ?? Data()))
      encoder.write(encryption.context)
      encoder.write(encryption.customerKeyMD5)
      encoder.write([UInt8](encryption.customerKeyProof ?? Data()))
    }
    if let retention = lock.retention {
      encoder.write(retention.mode.rawValue)
      encoder.write(retention.until.milliseconds)
    }
    if let owner { encoder.write(owner.stored) }
    if let grants { encoder.write(grants.map { ($0.grantee.stored, $0.permission.rawValue) }) }
  }

  static func read(_ decoder: inout ByteDecoder) throws -> ObjectProtection {
    var result = ObjectProtection()
    let flags = try decoder.number()
    if flags & hasEncryption != 0 {
      guard let kind = ObjectEncryption.Kind(rawValue: try decoder.string()) else { throw ByteDecoder.Malformed() }
      var encryption = ObjectEncryption(kind: kind)
      encryption.usesBucketKey = flags & usesBucketKey != 0
      encryption.keyARN = try decoder.optionalString()
      encryption.dataKey = data(try decoder.byteString())
      encryption.context = try decoder.optionalString()
      encryption.customerKeyMD5 = try decoder.optionalString()
      encryption.customerKeyProof = data(try decoder.byteString())
      result.encryption = encryption
    }
    if flags & hasRetention != 0 {
      guard let mode = ObjectLock.Mode(rawValue: try decoder.string()) else { throw ByteDecoder.Malformed() }
      result.lock.retention = .init(mode: mode, until: Timestamp(milliseconds: try decoder.integer()))
    }
    if flags & hasLegalHold != 0 { result.lock.legalHold = flags & isLegalHoldOn != 0 }
    if flags & hasOwner != 0 {
      guard let owner = ObjectOwner(stored: try decoder.string()) else { throw ByteDecoder.Malformed() }
      result.owner = owner
    }
    if flags & hasGrants != 0 {
      result.grants = try decoder.pairs().map { grantee, permission in
        guard let grantee = ACLGrantee(stored: grantee), let permission = ACLPermission(rawValue: permission) else {
          throw ByteDecoder.Malformed()
        }
        return ACLGrant(grantee: grantee, permission: permission)
      }
    }
    return result
  }

  private static func data(_ bytes: [UInt8]) -> Data? { bytes.isEmpty ? nil : Data(bytes) }
}
