import Cloud
import Crypto
import Foundation
import Testing

@testable import KMS

@Suite("KMS's ciphertexts")
struct CiphertextTests {
  private static let secret = SymmetricKey(data: [UInt8](repeating: 7, count: 32))
  private static let material = KeyRecord.Material(
    id: String(repeating: "ab", count: 32), wrapped: Data(), created: .init(milliseconds: 0))

  private static func key(_ id: String) throws -> KeyRecord {
    KeyRecord(
      id: id, account: try #require(AccountID("012345678901")), region: .usEast1, created: .init(milliseconds: 0),
      spec: .symmetricDefault, usage: .encryptDecrypt, origin: .kms, description: "", state: .enabled, policy: "")
  }

  private static func seal(_ id: String, _ context: [String: String]) throws -> [UInt8] {
    try Ciphertext.seal(
      Array("plain".utf8), with: secret, material, of: key(id), context: context,
      nonce: [UInt8](repeating: 1, count: 12))
  }

  @Test(
    "name their account, key and material",
    arguments: ["1234abcd-12ab-34cd-56ef-1234567890ab", "mrk-1234abcd12ab34cd56ef1234567890ab"])
  func names(id: String) throws {
    let ciphertext = try Ciphertext(try Self.seal(id, [:]))
    #expect(ciphertext.account.rawValue == "012345678901")
    #expect(ciphertext.keyID == id)
    #expect(ciphertext.materialID == Self.material.id)
  }

  @Test("open only in their context, whatever its order")
  func context() throws {
    let blob = try Self.seal("1234abcd-12ab-34cd-56ef-1234567890ab", ["a": "1", "b": "2"])
    let ciphertext = try Ciphertext(blob)
    #expect(try ciphertext.open(with: Self.secret, context: ["b": "2", "a": "1"]) == Array("plain".utf8))
    #expect(throws: (any Error).self) { try ciphertext.open(with: Self.secret, context: ["a": "1"]) }
    #expect(throws: (any Error).self) { try ciphertext.open(with: Self.secret, context: ["a": "1b2"]) }
  }

  @Test("do not open once any byte has changed")
  func damage() throws {
    let blob = try Self.seal("1234abcd-12ab-34cd-56ef-1234567890ab", [:])
    for index in blob.indices {
      var damaged = blob
      damaged[index] ^= 1
      #expect(throws: (any Error).self) { try Ciphertext(damaged).open(with: Self.secret, context: [:]) }
    }
    #expect(throws: (any Error).self) { try Ciphertext(Array(blob.dropLast(40))) }
  }

  @Test("keep contexts apart whose texts run together alike")
  func canonical() {
    #expect(EncryptionContext.canonical(["ab": "c"]) != EncryptionContext.canonical(["a": "bc"]))
  }
}

@Suite("AES key wrap with padding")
struct PaddedKeyWrapTests {
  /// RFC 5649, section 6.
  private static let key = SymmetricKey(data: bytes("5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8"))

  private static func bytes(_ hex: String) -> [UInt8] {
    stride(from: 0, to: hex.count, by: 2).compactMap {
      UInt8(hex.dropFirst($0).prefix(2), radix: 16)
    }
  }

  @Test("unwraps the examples of RFC 5649")
  func examples() {
    let long = PaddedKeyWrap.unwrap(
      Self.bytes("138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a"), with: Self.key)
    #expect(long == Self.bytes("c37b7e6492584340bed12207808941155068f738"))
    let short = PaddedKeyWrap.unwrap(Self.bytes("afbeb0f07dfbf5419200f2ccb50bb24f"), with: Self.key)
    #expect(short == Self.bytes("466f7250617369"))
  }

  @Test("refuses what was wrapped with another key")
  func refusal() {
    let wrapped = Self.bytes("138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6b")
    #expect(PaddedKeyWrap.unwrap(wrapped, with: Self.key) == nil)
    #expect(PaddedKeyWrap.unwrap([], with: Self.key) == nil)
  }
}

@Suite("Names of keys")
struct KeyTargetTests {
  @Test(
    "are UUIDs or begin with mrk-",
    arguments: [
      ("1234abcd-12ab-34cd-56ef-1234567890ab", true), ("mrk-1234abcd12ab34cd56ef1234567890ab", true),
      ("1234abcd-12ab-34cd-56ef-1234567890a", false), ("1234ABCD-12ab-34cd-56ef-1234567890ab", false),
      ("mrk-1234", false), ("alias/orders", false), ("", false),
    ])
  func ids(text: String, isID: Bool) {
    #expect(KeyTarget.isKeyID(text) == isID)
  }
}
