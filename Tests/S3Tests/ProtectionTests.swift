import Cloud
import Foundation
import Testing
import Wire

@testable import S3

/// Locks, access control lists and encryption as pure rules.
@Suite struct ProtectionTests {
  private let now = Timestamp(milliseconds: 1_000_000_000_000)

  private func after(days: Int64) -> Timestamp { Timestamp(milliseconds: now.milliseconds + days * 86_400_000) }

  @Test(
    "What keeps a version from being deleted",
    arguments: [
      (nil, 0, nil, ObjectLock.Hindrance.nothing),
      (nil, 0, false, .nothing),
      (nil, 0, true, .absolute),
      (.governance, 1, nil, .governance),
      (.governance, 0, nil, .nothing),
      (.governance, -1, nil, .nothing),
      (.governance, 1, true, .absolute),
      (.compliance, 1, nil, .absolute),
      (.compliance, -1, false, .nothing),
    ] as [(ObjectLock.Mode?, Int64, Bool?, ObjectLock.Hindrance)])
  func hindrance(mode: ObjectLock.Mode?, days: Int64, hold: Bool?, expected: ObjectLock.Hindrance) {
    let retention = mode.map { ObjectLock.Retention(mode: $0, until: after(days: days)) }
    #expect(ObjectLock(retention: retention, legalHold: hold).hindrance(at: now) == expected)
  }

  @Test("A default retention counts days, and years of 365 days")
  func defaults() {
    typealias Standard = ObjectLockConfigurationRecord.DefaultRetention
    #expect(Standard(mode: .governance, days: 3).end(from: now) == after(days: 3))
    #expect(Standard(mode: .compliance, years: 2).end(from: now) == after(days: 730))
  }

  @Test("Accounts are found by their canonical ids", arguments: ["000000000000", "123456789012", "999999999999"])
  func canonicalIDs(number: String) throws {
    let account = try #require(AccountID(number))
    let id = CanonicalUser.id(of: account)
    #expect(id.utf8.count == 64)
    #expect(CanonicalUser.account(id) == account)
    let other = (id.first == "0" ? "1" : "0") + id.dropFirst()
    #expect(CanonicalUser.account(other) == nil)
    #expect(CanonicalUser.account(CanonicalUser.anonymous) == nil)
  }

  @Test("What protects an object is stored and read with it")
  func stored() throws {
    let account = try #require(AccountID("123456789012"))
    let blob = try JSONDecoder().decode(BlobID.self, from: Data(#""123456789012-abc""#.utf8))
    var object = ObjectRecord(bucket: "b", name: "k", modified: now, etag: "e")
    object.pieces = [ObjectPiece(number: 1, size: 3, extents: [Extent(blob: blob, offset: 0, count: 3)])]
    let plain = try object.encoded()
    #expect(try ObjectRecord(encoded: plain) == object)
    object.pieces[0].extents[0].seal = Data([1, 2, 3])
    object.protection.encryption = ObjectEncryption(
      kind: .kms, keyARN: "arn", dataKey: Data([4]), context: "e30=", usesBucketKey: true)
    object.protection.lock = ObjectLock(retention: .init(mode: .compliance, until: after(days: 1)), legalHold: false)
    object.protection.owner = .account(account)
    object.protection.grants = [
      ACLGrant(grantee: .account(account), permission: .fullControl),
      ACLGrant(grantee: .group(.allUsers), permission: .read), ACLGrant(grantee: .anonymous, permission: .readACP),
    ]
    #expect(try ObjectRecord(encoded: object.encoded()) == object)
    object.protection.encryption = ObjectEncryption(
      kind: .customer, customerKeyMD5: "md5", customerKeyProof: Data([5, 6]))
    #expect(try ObjectRecord(encoded: object.encoded()) == object)
    #expect(try object.encoded().count > plain.count)
  }

  @Test("A customer's key is known by its proof, and by nothing else")
  func customerKeys() throws {
    let bytes = [UInt8](repeating: 7, count: 32)
    let md5 = "GTQ9aQNzsIMuclsmPfTu8Q=="
    let text = Data(bytes).base64EncodedString()
    // The MD5 is checked before anything is stored.
    #expect(throws: AWSError.self) { try CustomerKey(algorithm: "AES256", key: text, md5: md5) }
    let right = Data(DigestAlgorithm.md5.checksum(of: bytes)).base64EncodedString()
    let key = try #require(try CustomerKey(algorithm: "AES256", key: text, md5: right))
    let proof = key.proof(salt: [UInt8](repeating: 1, count: 16))
    #expect(key.matches(proof))
    var changed = proof
    changed[20] ^= 1
    #expect(!key.matches(changed))
    #expect(proof != key.proof(salt: [UInt8](repeating: 2, count: 16)))
  }

  @Test(
    "Grants become statements only for what they allow",
    arguments: [
      (ACLPermission.read, "s3:GetObject", true), (.read, "s3:GetObjectAcl", false), (.write, "s3:PutObject", true),
      (.fullControl, "s3:PutObjectAcl", true), (.fullControl, "s3:GetObjectTagging", false),
      (.readACP, "s3:GetBucketAcl", true), (.writeACP, "s3:PutBucketPolicy", false),
    ] as [(ACLPermission, String, Bool)])
  func grants(permission: ACLPermission, action: String, isAllowed: Bool) {
    let grants = [ACLGrant(grantee: .group(.allUsers), permission: permission)]
    let statements = ACLPolicy.statements(
      of: grants, allowing: action, owner: nil, objectOwner: nil, ignoresPublic: false)
    #expect(statements.isEmpty != isAllowed)
    #expect(
      ACLPolicy.statements(of: grants, allowing: action, owner: nil, objectOwner: nil, ignoresPublic: true).isEmpty)
  }

  @Test("Statements are added to a policy, and denials taken out of it")
  func policies() throws {
    let policy = #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Sid":"a"},{"Effect":"Deny","Sid":"d"}]}"#
    let merged = try #require(ACLPolicy.merged(policy, [#"{"Sid":"x"}"#]))
    #expect(merged.contains(#""Sid":"a""#) && merged.contains(#""Sid":"x""#))
    #expect(ACLPolicy.merged(nil, [#"{"Sid":"x"}"#]) == #"{"Version":"2012-10-17","Statement":[{"Sid":"x"}]}"#)
    #expect(ACLPolicy.merged(policy, []) == policy)
    let denials = try #require(ACLPolicy.denials(of: policy))
    #expect(denials.contains(#""Sid":"d""#) && !denials.contains(#""Sid":"a""#))
    #expect(ACLPolicy.denials(of: #"{"Statement":{"Effect":"Allow"}}"#) == nil)
  }
}
