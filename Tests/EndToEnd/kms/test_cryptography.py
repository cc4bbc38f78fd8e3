"""What keys do, checked with an independent library where the result can be."""

import base64
import hashlib
import hmac

import pytest
from botocore.exceptions import ClientError
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed


@pytest.fixture(scope="module")
def root(account):
    return account()


@pytest.fixture(scope="module")
def kms(client, root):
    return client("kms", root)


@pytest.fixture(scope="module")
def key(kms):
    return kms.create_key()["KeyMetadata"]["KeyId"]


def refused(call, code, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    assert error["Code"] == code, error
    return error.get("Message", "")


def test_a_ciphertext_names_its_key_and_opens_only_in_its_context(kms, key):
    context = {"purpose": "test", "tenant": "a"}
    sealed = kms.encrypt(KeyId=key, Plaintext=b"secret", EncryptionContext=context)
    assert sealed["KeyId"].endswith(key) and sealed["EncryptionAlgorithm"] == "SYMMETRIC_DEFAULT"
    opened = kms.decrypt(CiphertextBlob=sealed["CiphertextBlob"], EncryptionContext=dict(reversed(context.items())))
    assert opened["Plaintext"] == b"secret" and opened["KeyId"].endswith(key)
    blob = sealed["CiphertextBlob"]
    refused(kms.decrypt, "InvalidCiphertextException", CiphertextBlob=blob)
    refused(kms.decrypt, "InvalidCiphertextException", CiphertextBlob=blob, EncryptionContext={"purpose": "test"})
    damaged = blob[:-1] + bytes([blob[-1] ^ 1])
    refused(kms.decrypt, "InvalidCiphertextException", CiphertextBlob=damaged, EncryptionContext=context)
    other = kms.create_key()["KeyMetadata"]["KeyId"]
    message = refused(kms.decrypt, "IncorrectKeyException", CiphertextBlob=blob, EncryptionContext=context, KeyId=other)
    assert message == "The key ID in the request does not identify a CMK that can perform this operation."


def test_the_same_plaintext_never_looks_the_same(kms, key):
    blobs = {kms.encrypt(KeyId=key, Plaintext=b"same")["CiphertextBlob"] for _ in range(20)}
    assert len(blobs) == 20


@pytest.mark.parametrize("asked, length", [({"KeySpec": "AES_256"}, 32), ({"KeySpec": "AES_128"}, 16), ({"NumberOfBytes": 77}, 77)])
def test_data_keys_decrypt_to_what_was_shown(kms, key, asked, length):
    made = kms.generate_data_key(KeyId=key, EncryptionContext={"a": "b"}, **asked)
    assert len(made["Plaintext"]) == length
    opened = kms.decrypt(CiphertextBlob=made["CiphertextBlob"], EncryptionContext={"a": "b"})
    assert opened["Plaintext"] == made["Plaintext"]
    hidden = kms.generate_data_key_without_plaintext(KeyId=key, **asked)
    assert "Plaintext" not in hidden
    assert len(kms.decrypt(CiphertextBlob=hidden["CiphertextBlob"])["Plaintext"]) == length


def test_a_data_key_needs_one_size(kms, key):
    for asked in ({}, {"KeySpec": "AES_256", "NumberOfBytes": 32}):
        message = refused(kms.generate_data_key, "ValidationException", KeyId=key, **asked)
        assert message == "Please specify either number of bytes or key spec."


def test_reencrypt_moves_a_secret_to_another_key_and_context(kms, key):
    other = kms.create_key()["KeyMetadata"]["Arn"]
    blob = kms.encrypt(KeyId=key, Plaintext=b"moving", EncryptionContext={"from": "1"})["CiphertextBlob"]
    moved = kms.re_encrypt(
        CiphertextBlob=blob, SourceEncryptionContext={"from": "1"}, DestinationKeyId=other, DestinationEncryptionContext={"to": "2"}
    )
    assert moved["KeyId"] == other and moved["SourceKeyId"].endswith(key)
    opened = kms.decrypt(CiphertextBlob=moved["CiphertextBlob"], EncryptionContext={"to": "2"})
    assert (opened["Plaintext"], opened["KeyId"]) == (b"moving", other)


HASH = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}


@pytest.mark.parametrize(
    "spec, algorithms",
    [
        ("RSA_2048", [f"RSASSA_{kind}_SHA_{bits}" for kind in ("PSS", "PKCS1_V1_5") for bits in HASH]),
        ("ECC_NIST_P256", ["ECDSA_SHA_256"]),
        ("ECC_NIST_P384", ["ECDSA_SHA_384"]),
        ("ECC_NIST_P521", ["ECDSA_SHA_512"]),
        ("ECC_NIST_EDWARDS25519", ["ED25519_SHA_512"]),
    ],
)
def test_signatures_verify_here_and_elsewhere(kms, spec, algorithms):
    made = kms.create_key(KeySpec=spec, KeyUsage="SIGN_VERIFY")["KeyMetadata"]
    assert sorted(made["SigningAlgorithms"]) == sorted(algorithms)
    public = kms.get_public_key(KeyId=made["KeyId"])
    loaded = serialization.load_der_public_key(public["PublicKey"])
    message = b"a message to sign"
    for algorithm in algorithms:
        hash_ = HASH[algorithm[-3:]]
        types = ["RAW"] if spec == "ECC_NIST_EDWARDS25519" else ["RAW", "DIGEST"]
        for type_ in types:
            digest = hashlib.new(f"sha{algorithm[-3:]}", message).digest()
            given = dict(KeyId=made["KeyId"], Message=message if type_ == "RAW" else digest, MessageType=type_, SigningAlgorithm=algorithm)
            signature = kms.sign(**given)["Signature"]
            assert kms.verify(Signature=signature, **given)["SignatureValid"] is True
            verify(loaded, signature, message, digest, hash_, algorithm)
            wrong = dict(given, Message=given["Message"][:-1] + b"!")
            refused(kms.verify, "KMSInvalidSignatureException", Signature=signature, **wrong)
    if spec == "ECC_NIST_P256":
        message = refused(
            kms.sign, "ValidationException", KeyId=made["KeyId"], Message=b"short", MessageType="DIGEST", SigningAlgorithm="ECDSA_SHA_256"
        )
        assert message == "Digest is invalid length for algorithm ECDSA_SHA_256."


def verify(key, signature, message, digest, hash_, algorithm):
    """Raises InvalidSignature unless the signature is right."""
    if isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(signature, message)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, digest, ec.ECDSA(Prehashed(hash_)))
    elif "PSS" in algorithm:
        key.verify(signature, digest, padding.PSS(padding.MGF1(hash_), hash_.digest_size), Prehashed(hash_))
    else:
        key.verify(signature, digest, padding.PKCS1v15(), Prehashed(hash_))


def test_rsa_decrypts_what_its_public_key_encrypted_elsewhere(kms):
    made = kms.create_key(KeySpec="RSA_2048", KeyUsage="ENCRYPT_DECRYPT")["KeyMetadata"]
    public = serialization.load_der_public_key(kms.get_public_key(KeyId=made["KeyId"])["PublicKey"])
    for algorithm, hash_ in [("RSAES_OAEP_SHA_1", hashes.SHA1()), ("RSAES_OAEP_SHA_256", hashes.SHA256())]:
        outside = public.encrypt(b"from outside", padding.OAEP(padding.MGF1(hash_), hash_, None))
        opened = kms.decrypt(KeyId=made["KeyId"], CiphertextBlob=outside, EncryptionAlgorithm=algorithm)
        assert opened["Plaintext"] == b"from outside"
        sealed = kms.encrypt(KeyId=made["KeyId"], Plaintext=b"inside", EncryptionAlgorithm=algorithm)["CiphertextBlob"]
        assert kms.decrypt(KeyId=made["KeyId"], CiphertextBlob=sealed, EncryptionAlgorithm=algorithm)["Plaintext"] == b"inside"
    message = refused(kms.encrypt, "ValidationException", KeyId=made["KeyId"], Plaintext=b"x" * 300, EncryptionAlgorithm="RSAES_OAEP_SHA_256")
    assert "cannot encrypt data larger than 190 bytes" in message


@pytest.mark.parametrize("bits", ["256", "384", "512"])
def test_codes_are_hmacs_and_verify(kms, bits):
    made = kms.create_key(KeySpec=f"HMAC_{bits}", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]
    given = dict(KeyId=made["KeyId"], Message=b"message", MacAlgorithm=f"HMAC_SHA_{bits}")
    mac = kms.generate_mac(**given)["Mac"]
    assert len(mac) == int(bits) // 8
    assert kms.verify_mac(Mac=mac, **given)["MacValid"] is True
    refused(kms.verify_mac, "KMSInvalidMacException", Mac=mac[:-1] + bytes([mac[-1] ^ 1]), **given)


def test_two_keys_agree_on_a_secret(kms):
    keys = [kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="KEY_AGREEMENT")["KeyMetadata"]["KeyId"] for _ in range(2)]
    public = [kms.get_public_key(KeyId=key)["PublicKey"] for key in keys]
    secrets = [
        kms.derive_shared_secret(KeyId=keys[i], KeyAgreementAlgorithm="ECDH", PublicKey=public[1 - i])["SharedSecret"] for i in (0, 1)
    ]
    assert secrets[0] == secrets[1] and len(secrets[0]) == 32
    mine = ec.generate_private_key(ec.SECP256R1())
    theirs = serialization.load_der_public_key(public[0])
    spki = mine.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    answer = kms.derive_shared_secret(KeyId=keys[0], KeyAgreementAlgorithm="ECDH", PublicKey=spki)
    assert answer["SharedSecret"] == mine.exchange(ec.ECDH(), theirs)


@pytest.mark.parametrize("spec", ["RSA_2048", "ECC_NIST_P256", "ECC_NIST_P521", "ECC_NIST_EDWARDS25519"])
def test_data_key_pairs_are_real_pairs(kms, key, spec):
    made = kms.generate_data_key_pair(KeyId=key, KeyPairSpec=spec)
    private = serialization.load_der_private_key(made["PrivateKeyPlaintext"], None)
    public = private.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert public == made["PublicKey"]
    assert kms.decrypt(CiphertextBlob=made["PrivateKeyCiphertextBlob"])["Plaintext"] == made["PrivateKeyPlaintext"]
    assert "PrivateKeyPlaintext" not in kms.generate_data_key_pair_without_plaintext(KeyId=key, KeyPairSpec=spec)


def test_keys_refuse_what_they_are_not_for(kms, key):
    signer = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["Arn"]
    message = refused(kms.encrypt, "InvalidKeyUsageException", KeyId=signer, Plaintext=b"x")
    assert message == f"{signer} key usage is SIGN_VERIFY which is not valid for Encrypt."
    refused(kms.sign, "InvalidKeyUsageException", KeyId=key, Message=b"x", SigningAlgorithm="ECDSA_SHA_256")
    refused(kms.get_public_key, "UnsupportedOperationException", KeyId=key)
    refused(kms.sign, "InvalidKeyUsageException", KeyId=signer, Message=b"x", SigningAlgorithm="ECDSA_SHA_384")


@pytest.mark.parametrize("spec", ["SM2", "ECC_SECG_P256K1", "ML_DSA_65", "HMAC_224"])
def test_specs_that_are_not_built_say_so(kms, spec):
    message = refused(kms.create_key, "UnsupportedOperationException", KeySpec=spec, KeyUsage="SIGN_VERIFY")
    assert spec in message and "not built" in message


def test_dry_run_says_that_it_would_have_worked(kms, key):
    refused(kms.encrypt, "DryRunOperationException", KeyId=key, Plaintext=b"x", DryRun=True)


def test_random_bytes_are_as_many_as_asked(kms):
    assert len(kms.generate_random(NumberOfBytes=33)["Plaintext"]) == 33
    assert kms.generate_random(NumberOfBytes=16)["Plaintext"] != kms.generate_random(NumberOfBytes=16)["Plaintext"]


def test_imported_material_is_what_encrypts(kms):
    made = kms.create_key(Origin="EXTERNAL", KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]
    assert made["KeyState"] == "PendingImport"
    secret = bytes(range(32))
    for algorithm, hash_ in [("RSAES_OAEP_SHA_256", hashes.SHA256()), ("RSAES_OAEP_SHA_1", hashes.SHA1())]:
        parameters = kms.get_parameters_for_import(KeyId=made["KeyId"], WrappingAlgorithm=algorithm, WrappingKeySpec="RSA_2048")
        public = serialization.load_der_public_key(parameters["PublicKey"])
        wrapped = public.encrypt(secret, padding.OAEP(padding.MGF1(hash_), hash_, None))
        kms.import_key_material(
            KeyId=made["KeyId"], ImportToken=parameters["ImportToken"], EncryptedKeyMaterial=wrapped,
            ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE",
        )  # fmt: skip
        mac = kms.generate_mac(KeyId=made["KeyId"], Message=b"m", MacAlgorithm="HMAC_SHA_256")["Mac"]
        assert mac == hmac.new(secret, b"m", "sha256").digest()
        kms.delete_imported_key_material(KeyId=made["KeyId"])
        refused(kms.generate_mac, "KMSInvalidStateException", KeyId=made["KeyId"], Message=b"m", MacAlgorithm="HMAC_SHA_256")
    other = public.encrypt(bytes(32), padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None))
    refused(
        kms.import_key_material, "IncorrectKeyMaterialException", KeyId=made["KeyId"], ImportToken=parameters["ImportToken"],
        EncryptedKeyMaterial=other, ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE",
    )  # fmt: skip


def test_a_private_key_is_imported_by_two_wrappings(kms):
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap_with_padding

    made = kms.create_key(Origin="EXTERNAL", KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyMetadata"]
    parameters = kms.get_parameters_for_import(
        KeyId=made["KeyId"], WrappingAlgorithm="RSA_AES_KEY_WRAP_SHA_256", WrappingKeySpec="RSA_2048"
    )
    from cryptography.hazmat.primitives.asymmetric import rsa

    mine = rsa.generate_private_key(65537, 2048)
    der = mine.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    aes = bytes(range(32))
    public = serialization.load_der_public_key(parameters["PublicKey"])
    wrapped = public.encrypt(aes, padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)) + aes_key_wrap_with_padding(aes, der)
    kms.import_key_material(
        KeyId=made["KeyId"], ImportToken=parameters["ImportToken"], EncryptedKeyMaterial=wrapped,
        ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE",
    )  # fmt: skip
    signature = kms.sign(KeyId=made["KeyId"], Message=b"m", SigningAlgorithm="RSASSA_PKCS1_V1_5_SHA_256")["Signature"]
    mine.public_key().verify(signature, b"m", padding.PKCS1v15(), hashes.SHA256())
    with pytest.raises(InvalidSignature):
        mine.public_key().verify(signature, b"n", padding.PKCS1v15(), hashes.SHA256())


def test_the_cli_encrypts_and_decrypts(aws, kms, key, root, tmp_path):
    sealed = aws("kms", "encrypt", "--key-id", key, "--plaintext", "by hand", creds=root).json
    (tmp_path / "sealed").write_bytes(base64.b64decode(sealed["CiphertextBlob"]))
    opened = aws("kms", "decrypt", "--ciphertext-blob", f"fileb://{tmp_path}/sealed", creds=root).json
    assert base64.b64decode(opened["Plaintext"]) == b"by hand"
