import Cloud
import Foundation
import Wire

/// The managed policies of AWS's own that are known here, as AWS publishes them.
///
/// The table is read at the first use of one of them, and each document is compiled when it is first evaluated.
public enum AWSManagedPolicies {
  /// How their ARNs begin.
  public static let prefix = "arn:aws:iam::aws:policy/"

  /// All of them, in the order of their names.
  public static let all: [ManagedPolicyRecord] = read(AWSManagedPolicyTable.text)

  private static let byARN: [String: ManagedPolicyRecord] = Dictionary(
    all.map { ($0.arn, $0) }, uniquingKeysWith: { first, _ in first })

  /// The policy with this ARN.
  public static func find(arn: String) -> ManagedPolicyRecord? { byARN[arn] }

  /// Lines of name, path, time of creation and of the last change in seconds, version, and document.
  private static func read(_ table: String) -> [ManagedPolicyRecord] {
    table.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "\t", maxSplits: 5, omittingEmptySubsequences: false)
      guard parts.count == 6, let created = Int64(parts[2]), let updated = Int64(parts[3]) else { return nil }
      let name = String(parts[0])
      return ManagedPolicyRecord(
        account: nil, name: name, path: String(parts[1]), id: id(of: name),
        created: Timestamp(milliseconds: created * 1000), description: nil,
        versions: [
          .init(id: String(parts[4]), text: String(parts[5]), created: Timestamp(milliseconds: updated * 1000))
        ])
    }
  }

  /// An id that is always the same for a name.
  // unverified: AWS's own ids of these policies are not published; only the form is.
  private static func id(of name: String) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    var hash: UInt64 = 14_695_981_039_346_656_037
    var characters: [UInt8] = []
    for round in 0..<16 {
      for byte in name.utf8 { hash = (hash ^ UInt64(byte) ^ UInt64(round)) &* 1_099_511_628_211 }
      characters.append(alphabet[Int(hash >> 40 & 31)])
    }
    return "ANPAI" + String(decoding: characters, as: UTF8.self)
  }
}
