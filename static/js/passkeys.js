// Lets a browser make a passkey, or show one, for the forms that ask for it. Where it cannot, the forms stay hidden: an
// app's code or a recovery code does the same, without a script.
(() => {
  "use strict";

  const canDoIt = Boolean(
    window.PublicKeyCredential?.parseRequestOptionsFromJSON && window.PublicKeyCredential?.parseCreationOptionsFromJSON,
  );
  if (!canDoIt) {
    return;
  }

  const options = async (form) => {
    const { options: address } = form.dataset;
    if (address) {
      const response = await fetch(address, { headers: { Accept: "application/json" } });
      return (await response.json()).request_options.publicKey;
    }
    const given = JSON.parse(document.getElementById("passkey-options").textContent);
    return (given.creation_options ?? given.request_options).publicKey;
  };

  const made = async (form) => {
    const asked = await options(form);
    if (form.dataset.passkey !== "create") {
      return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
    }
    // One that logs in by itself has to be kept by the device, which asks for a finger or a number.
    if (form.elements.passwordless?.checked) {
      asked.authenticatorSelection = {
        ...asked.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      };
    }
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const said = form.querySelector("[data-passkey-said]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      said.textContent = "";
      try {
        form.elements.credential.value = JSON.stringify(await made(form));
        form.submit();
      } catch {
        // Refused, cancelled, or there is none.
        said.textContent = form.dataset.failed;
      }
    });
  }
})();
