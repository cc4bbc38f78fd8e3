import Cloud
import Foundation
import Wire

/// Public keys of OpenID Connect providers.
///
/// AWS fetches a provider's keys from its URL. Here they are registered by whoever runs the program, for a handler reaches
/// no network and a provider on this machine has no public URL.
public enum OpenIDKeySets {
  /// Keeps a provider's keys.
  /// - Parameters:
  ///   - keySet: a JSON Web Key Set (RFC 7517), `{"keys": […]}`.
  ///   - providerARN: a provider that was made with CreateOpenIDConnectProvider.
  /// - Throws: InvalidInput if it is no key set; NoSuchEntity if there is no such provider.
  public static func register(
    _ keySet: String, for providerARN: String, in transaction: Transaction
  ) throws(AWSError) {
    struct KeySet: Decodable {
      struct Key: Decodable { var kty: String }
      var keys: [Key]
    }
    guard let keys = try? JSONDecoder().decode(KeySet.self, from: Data(keySet.utf8)), !keys.keys.isEmpty else {
      throw AWSError("InvalidInput", "The text is not a JSON Web Key Set with at least one key.", status: 400)
    }
    guard var provider = try OpenIDProviderRecord.find(arn: providerARN, transaction) else {
      throw AWSError("NoSuchEntity", "OpenIDConnect Provider not found for arn \(providerARN)", status: 404)
    }
    provider.keySet = keySet
    try transaction.put(provider, in: Scope(provider.account))
  }
}
