import Cloud
import Identity
import Testing
import Wire

@testable import STS

/// Tokens and keys made with Python's cryptography package.
private enum Made {
  static let rsaToken =
    "eyJhbGciOiAiUlMyNTYiLCAia2lkIjogIm9uZSIsICJ0eXAiOiAiSldUIn0.eyJpc3MiOiAiaHR0cHM6Ly9pZC5leGFtcGxlLmNv"
    + "bSIsICJzdWIiOiAicmVwbzptZS9pdCIsICJhdWQiOiAiYXBwIiwgImV4cCI6IDQxMDI0NDQ4MDAsICJodHRwczovL2F3cy5hbWF6"
    + "b24uY29tL3RhZ3MiOiB7InByaW5jaXBhbF90YWdzIjogeyJ0ZWFtIjogWyJyZWQiXX0sICJ0cmFuc2l0aXZlX3RhZ19rZXlzIjog"
    + "WyJ0ZWFtIl19fQ.TQFHJHHapYLFdNib8oNgasRYTS6grmRaJVgfEwweCpxpkVPn7h4qcjkWgtSCiBaLnMS6KvKaHlPluzkT44M4V"
    + "3TmuWO8zuW9SJhzITHizhb2wI30QrP6GMKI0oqAcvQ2ELeZvYG2Y9JYWT302k_dkqCliI0utzhxQKVAHoPzEwxGd1UXOctfzXqPp"
    + "tg4UUNosWfHTc741flryYTo4gdtX56uvI6WAsmlnFkGglx1JU9Sjxr6AJx6r3WIF8b5_BvO_e2IWLfzhk7qCjr_xMZrqJhyEMzrU"
    + "1KS8i7XsrBga90D8IbpqgSUPjq21cnJk9jGfwsUyYanUKXQiq3mhS7W8g"
  static let ecToken =
    "eyJhbGciOiAiRVMyNTYiLCAia2lkIjogInR3byIsICJ0eXAiOiAiSldUIn0.eyJpc3MiOiAiaHR0cHM6Ly9pZC5leGFtcGxlLmNv"
    + "bSIsICJzdWIiOiAicmVwbzptZS9pdCIsICJhdWQiOiAiYXBwIiwgImV4cCI6IDQxMDI0NDQ4MDAsICJodHRwczovL2F3cy5hbWF6"
    + "b24uY29tL3RhZ3MiOiB7InByaW5jaXBhbF90YWdzIjogeyJ0ZWFtIjogWyJyZWQiXX0sICJ0cmFuc2l0aXZlX3RhZ19rZXlzIjog"
    + "WyJ0ZWFtIl19fQ.PMl3W2pGP8umAj-YFlPN1GIzsTAcJosxGzZFjX3VFBWzmpBkhPCL8G5RrqNZVO-8njGY8k6P7dx1MreTz49vr"
    + "Q"
  static let keySet =
    #"{"keys": [{"kty": "RSA", "kid": "one", "alg": "RS256", "n": "k5MVYTXYIAJO1jU9a2MZvV9zzWfYQ5qrXiO13bH"#
    + "JzG-ItaW5GzVjr6S-tiICNrB26i7Yt2NrCW_s894DpIMYcbZ9STtCF_mX5ux4q_p0l-tPd75kIJ8rRMvloz-krFvDStzL7T6Kb0I"
    + "TfPS-Oca8uekOra5FCmaTPaOSofRs7agGjNvCRQNIRwjIT8yHy8T1uHVj5CQCmMf_OqB5C5uEegvX-ijBhfCE67XzVgKWX2rz23B"
    + "Xv2dhSUEtRtp5dhK88UeAmB9Kj-BLQ3KphR5BUEMs1P4GRB-8fzIZPST35C3PrPHXc48E8VmX9csbEHc_P7bwpUyDSozAfBWMo16"
    + #"zTw", "e": "AQAB"}, {"kty": "EC", "crv": "P-256", "kid": "two", "x": "X4uteVe1Vg-ErJp14SrLlfOXCnj-vv"#
    + #"g434TAb9sHnR4", "y": "hpnc9w9VuhYrQpG96ALzYfpd7miMx8YVN6Jv1sNvHyo"}]}"#
}

@Suite("Web identity tokens")
struct WebTokenTests {
  @Test("claims are read")
  func claims() throws {
    let token = try WebToken(Made.rsaToken)
    #expect(token.issuer == "https://id.example.com")
    #expect(token.subject == "repo:me/it")
    #expect(token.audiences == ["app"])
    #expect(token.tags == ["team": "red"])
    #expect(token.transitiveKeys == ["team"])
  }

  @Test("RS256 and ES256 signatures are verified", arguments: [Made.rsaToken, Made.ecToken])
  func signatures(text: String) throws {
    #expect(try WebToken(text).isSigned(by: Made.keySet))
    #expect(try !WebToken(text).isSigned(by: #"{"keys":[]}"#))
  }

  @Test("a changed token or key is not believed", arguments: [Made.rsaToken, Made.ecToken])
  func changes(text: String) throws {
    // Another character in the middle of the signature.
    var bytes = Array(text.utf8)
    let place = bytes.count - 40
    bytes[place] = bytes[place] == 65 ? 66 : 65
    #expect(try !WebToken(String(decoding: bytes, as: UTF8.self)).isSigned(by: Made.keySet))
    let other = Made.keySet.replacing(#""n": ""#, with: #""n": "x"#).replacing(#""x": ""#, with: #""x": "B"#)
    #expect(try !WebToken(text).isSigned(by: other))
  }

  @Test("what is no token is refused as AWS does", arguments: ["", "a.b", "a.b.c", "e30.e30.AAAA"])
  func nonsense(text: String) {
    #expect(throws: AWSError.self) { try WebToken(text) }
  }

  @Test("a signature that is not below the modulus is none")
  func bounds() {
    // A signature as long as the modulus, but not below it.
    let modulus = Array(repeating: UInt8(0xFF), count: 128)
    #expect(!RSAVerification.isValid(modulus, of: [1], .sha256, modulus: modulus, exponent: [1, 0, 1]))
  }
}
